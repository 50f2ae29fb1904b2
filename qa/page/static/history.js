// The questions that were asked in this browser: kept here alone, to be asked again, pinned, cleared.
(() => {
  "use strict";
  const kit = window.fajuKit;
  const MOST = 200;

  // ``remember`` adds a question; ``actions`` are those of the list's buttons, which ``ask`` again.
  kit.remembering = (root, ask) => {
    const library = document.querySelector(".masthead")?.dataset.library || "";
    const key = `faju-asked:${library}`;
    const fold = root.querySelector("[data-role=history]");
    const list = fold.querySelector("ol");
    const search = fold.querySelector("input");

    const read = () => {
      try {
        const kept = JSON.parse(localStorage.getItem(key));
        return Array.isArray(kept) ? kept.filter((each) => typeof each.q === "string") : [];
      } catch {
        return [];
      }
    };
    const keep = (asked) => {
      try {
        localStorage.setItem(key, JSON.stringify(asked));
      } catch {
        // A browser that keeps nothing.
      }
      show();
    };
    const show = () => {
      const asked = read();
      const words = search.value.trim();
      const found = asked.filter((each) => each.q.includes(words));
      fold.hidden = !asked.length;
      fold.querySelector("[data-role=asked]").textContent = `${asked.length} 个`;
      list.innerHTML = found.map(({ q, pin }) => {
        const words = kit.escaped(q).replace(/"/g, "&quot;");
        return `<li><button type="button" class="inline" data-do="again">${words}</button>`
          + `<button type="button" class="quiet" data-do="pin" data-question="${words}" aria-pressed="${Boolean(pin)}">`
          + `${pin ? "取消置顶" : "置顶"}</button>`
          + `<button type="button" class="quiet" data-do="unask" data-question="${words}">删去</button></li>`;
      }).join("") || "<li>没有这样的问题。</li>";
    };
    const remember = (question) => {
      const asked = read();
      const before = asked.find((each) => each.q === question);
      const others = asked.filter((each) => each.q !== question);
      const all = [{ q: question, pin: before?.pin || false }, ...others];
      all.sort((one, other) => Number(other.pin) - Number(one.pin));
      keep(all.slice(0, MOST));
    };
    search.addEventListener("input", show);
    search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    addEventListener("storage", (event) => event.key === key && show());
    show();
    return {
      remember,
      actions: {
        again: (button) => ask(button.textContent),
        pin: (button) => {
          const { question } = button.dataset;
          const all = read().map((each) => (each.q === question ? { ...each, pin: !each.pin } : each));
          all.sort((one, other) => Number(other.pin) - Number(one.pin));
          keep(all);
        },
        unask: (button) => keep(read().filter((each) => each.q !== button.dataset.question)),
        forget: () => keep(read().filter((each) => each.pin)),
      },
    };
  };
})();
