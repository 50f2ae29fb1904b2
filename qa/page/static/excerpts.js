// 摘编: places kept by this browser, shown in a drawer that every tab can open; the words come from
// the library each time.
(() => {
  "use strict";
  const { download, fetched, part, renewing, textSize, toast } = window.fajuKit;
  const OPENER = `<button type="button" class="text-size" data-do="larger">大字</button>
<button type="button" class="drawer-open" data-do="drawer" aria-expanded="false"
 aria-controls="drawer">摘编<span class="n">0</span></button>`;
  const DRAWER = `<aside class="drawer" id="drawer" aria-label="摘编" hidden>
<header><h2 tabindex="-1">摘编<small></small></h2>
<button type="button" class="close" data-do="drawer">关闭<kbd>Esc</kbd></button></header>
<div class="drawer-body" aria-live="polite"></div>
<div class="tools"><button type="button" class="strong" data-do="export" data-what="docx">导出 Word</button>
<button type="button" data-do="export" data-what="md">导出 Markdown</button>
<button type="button" data-do="empty">全部清空</button></div></aside>`;
  const EMPTY = '<p class="empty">还没有内容。在答案、段落、查找结果或原文旁点“加入摘编”，就收到这里；'
    + "按文件和章节排好，可导出 Word（出处作脚注）或 Markdown。</p>";

  part("excerpts", (element, server) => {
    const root = element.querySelector(".faju-excerpts");
    const masthead = root.querySelector(".masthead").dataset;
    const key = `faju-excerpts:${masthead.library}`;
    const most = Number(masthead.most);
    root.querySelector(".masthead").insertAdjacentHTML("beforeend", OPENER);
    root.insertAdjacentHTML("beforeend", DRAWER);
    textSize(root.querySelector(".text-size"));
    const opener = root.querySelector(".drawer-open");
    const drawer = root.querySelector(".drawer");
    const body = drawer.querySelector(".drawer-body");
    let turn = 0;

    const read = () => {
      try {
        const given = JSON.parse(localStorage.getItem(key));
        return Array.isArray(given) ? given : [];
      } catch {
        return [];
      }
    };
    let places = read();
    const count = () => {
      opener.querySelector(".n").textContent = places.length;
      drawer.querySelector("small").textContent = places.length ? `${places.length} 段` : "";
      drawer.querySelector(".tools").hidden = !places.length;
    };
    const show = async () => {
      count();
      if (drawer.hidden) return;
      const mine = ++turn;
      const html = places.length ? await fetched(server, "open_collection", { places }) : EMPTY;
      if (mine === turn) body.innerHTML = html;
    };
    const keep = (changed) => {
      places = changed;
      try {
        localStorage.setItem(key, JSON.stringify(places));
      } catch {
        toast("浏览器不允许保存，关闭网页后摘编就没有了，请及时导出。");
      }
      return show();
    };
    const within = ([document, start, end], other) =>
      document === other[0] && start >= other[1] && end <= other[2];
    const collect = (button) => {
      const fresh = JSON.parse(button.dataset.places)
        .filter((place) => !places.some((other) => within(place, other)));
      if (!fresh.length) return toast("已在摘编里。");
      const kept = places.filter((place) => !fresh.some((other) => within(place, other)));
      if (kept.length + fresh.length > most) return toast(`摘编最多 ${most} 段，请先导出，再清空一些。`);
      keep([...kept, ...fresh]);
      toast(`已加入摘编，共 ${places.length} 段。`);
    };
    const toggle = async () => {
      drawer.hidden = !drawer.hidden;
      opener.setAttribute("aria-expanded", String(!drawer.hidden));
      if (drawer.hidden) return opener.focus();
      drawer.querySelector("h2").focus({ preventScroll: true });
      await show();
    };
    const remove = async (button) => {
      const next = [...body.querySelectorAll("[data-do=remove]")].indexOf(button);
      const gone = JSON.stringify(JSON.parse(button.dataset.place));
      const focus = () => {
        const left = body.querySelectorAll("[data-do=remove]");
        (left[Math.min(next, left.length - 1)] || drawer.querySelector("h2")).focus();
      };
      // Gone at once, however long the server takes to draw the list again.
      button.closest("li").remove();
      focus();
      await keep(places.filter((place) => JSON.stringify(place) !== gone));
      if (document.activeElement === document.body) focus();
    };
    const exported = (button) =>
      download(server, "export_collection", { places, what: button.dataset.what }, button, (html) => {
        body.insertAdjacentHTML("afterbegin", html);
      });
    const empty = () => {
      if (confirm(`要清空摘编里的 ${places.length} 段吗？`)) keep([]);
    };

    const actions = { collect, drawer: toggle, remove, export: exported, empty };
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button && (button.dataset.do === "collect" || root.contains(button))) actions[button.dataset.do]?.(button);
    });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || drawer.hidden || event.isComposing) return;
      event.stopPropagation();
      toggle();
    }, true);
    // The same library open in another window.
    addEventListener("storage", (event) => {
      if (event.key !== key) return;
      places = read();
      show();
    });
    count();
    renewing(server);
  });
})();
