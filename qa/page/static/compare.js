// 新旧对照, a section of the 文档库 tab: two names in, three columns out.
(() => {
  "use strict";
  const kit = window.fajuKit;
  const { busying, download, fetched, plain, submitting, tabling } = kit;

  // Fills ``place``; gives the actions of what stands in it.
  kit.comparing = async (place, server) => {
    place.innerHTML = await fetched(server, "compare_form", {});
    const form = place.querySelector("[data-role=compare]");
    if (!form) return {};
    const results = place.querySelector("[data-role=compared]");
    const busy = busying(form, results, "对照中…");
    const asked = () => ({
      old: form.elements.old.value.trim(),
      new: form.elements.new.value.trim(),
      changes: form.elements.changes.checked,
    });
    let turn = 0;
    const run = async () => {
      const given = asked();
      if (!given.old && !given.new) {
        results.innerHTML = plain("请先写明要对照的文件，例如“渔业法”。");
        form.elements.new.focus();
        return;
      }
      const mine = ++turn;
      busy(true);
      const html = await fetched(server, "compare_documents", given);
      if (mine !== turn) return;
      results.innerHTML = html;
      busy(false);
      results.querySelector(".compared-tally")?.focus({ preventScroll: true });
    };
    submitting(form, run);
    form.elements.changes.addEventListener("change", () => {
      if (results.querySelector(".compared-tally")) run();
    });
    return {
      ...tabling(place, results),
      compared: (button) => download(
        server, "download_comparison", { ...asked(), what: button.dataset.what }, button,
        (html) => results.insertAdjacentHTML("afterbegin", html),
      ),
      print: kit.taking.print,
    };
  };
})();
