// 原文查找: the words and where to look in; the places out.
(() => {
  "use strict";
  const {
    acting, busying, fetched, fitting, narrow, part, plain, reading, returning, sending, setAddress,
    submitting, taking, wantedTab,
  } = window.fajuKit;

  part("find", (element, server) => {
    const root = element.querySelector(".faju-find");
    const form = root.querySelector("form");
    const box = form.elements.text;
    const results = root.querySelector("[data-role=results]");
    const reader = reading(root, server);
    const grow = fitting(box, 180);
    const busy = busying(form, results, "查找中…");
    let turn = 0;

    const scope = () => ({ in: form.elements.in.value, old: form.elements.old.checked });
    const run = async (step = true) => {
      const text = box.value.trim();
      reader.close(true);
      const mine = ++turn;
      const where = scope();
      setAddress([["find", text], ["in", where.in], ["old", where.old ? "1" : ""]], step);
      if (!text) {
        busy(false);
        results.innerHTML = plain("请先写下要找的话，再按“查找”；也可以点上面的例子。");
        box.focus();
        return;
      }
      busy(true);
      if (!results.querySelector(".hit")) results.innerHTML = '<p class="waiting">正在逐字查找……</p>';
      const html = await fetched(server, "find_words", { text, ...where });
      if (mine !== turn) return;
      results.innerHTML = html;
      busy(false);
      root.classList.add("asked");
      if (narrow.matches) results.scrollIntoView({ block: "start" });
    };

    submitting(form, () => run());
    sending(box, true);
    form.addEventListener("change", (event) => {
      if (event.target !== box && box.value.trim() && root.classList.contains("asked")) run(false);
    });
    acting(root, {
      ...reader.actions,
      ...taking,
      example: (button) => {
        box.value = button.textContent;
        grow();
        run();
      },
    });

    const restore = () => {
      const given = new URLSearchParams(location.search);
      if (!given.has("find")) return;
      box.value = given.get("find");
      form.elements.old.checked = given.has("old");
      const wanted = given.get("in") || "";
      if ([...form.elements.in.options].some((option) => option.value === wanted)) {
        form.elements.in.value = wanted;
      }
      grow();
      box.focus();
      run(false);
    };
    returning(() => wantedTab() === "原文查找" && restore());
    restore();
  });
})();
