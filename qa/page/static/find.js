// 原文查找: the words, where to look, and the places; what page.js offers does the rest.
(() => {
  "use strict";
  const { parts, narrow, fetched, taking, reading, acting, setAddress, fitting, submitting } = window.fajuKit;

  parts.find = (element, server) => {
    const root = element.querySelector(".faju-find");
    const form = root.querySelector("form");
    const box = form.elements.text;
    const submit = form.querySelector("[type=submit]");
    const results = root.querySelector("[data-role=results]");
    const reader = reading(root, server);
    const grow = fitting(box, 180);
    let turn = 0;

    const scope = () => ({ in: form.elements.in.value, old: form.elements.old.checked });
    const busy = (on) => {
      submit.disabled = on;
      submit.textContent = on ? "查找中…" : "查找";
      results.setAttribute("aria-busy", String(on));
    };
    const run = async () => {
      const text = box.value.trim();
      reader.close(true);
      const mine = ++turn;
      const where = scope();
      setAddress([["find", text], ["in", where.in], ["old", where.old ? "1" : ""]]);
      if (!text) {
        busy(false);
        results.innerHTML = '<p class="notice notice-plain" role="status">'
          + "请先写下要找的话，再按“查找”；也可以点上面的例子。</p>";
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

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    submitting(box, run);
    form.addEventListener("change", (event) => {
      if (event.target !== box && box.value.trim() && root.classList.contains("asked")) run();
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
    run();
  };
})();
