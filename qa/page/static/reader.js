// The reader: one per part, beside the results; on a narrow screen under the card that opened it.
(() => {
  "use strict";
  const kit = window.fajuKit;
  const { fetched, narrow } = kit;
  const CLOSE = '<button type="button" class="close" data-do="close">关闭</button>';
  const BACK = '<button type="button" class="close back" data-do="back">返回</button>';
  const HEAD = 90; // pixels that the reader's fixed head covers

  kit.reading = (root, server) => {
    const pane = root.querySelector("[data-role=reader]");
    let opener = null;
    let turn = 0;
    let trail = []; // what was left by following references: its nodes, so that 返回 finds it as it was
    const bare = pane.innerHTML;
    const home = document.createComment("reader");
    pane.before(home);
    const mark = (button) => {
      root.querySelectorAll("[aria-expanded=true][data-do=open]").forEach((other) => {
        other.setAttribute("aria-expanded", "false");
        other.closest(".hit").classList.remove("reading");
      });
      if (button?.dataset.do === "open") {
        button.setAttribute("aria-expanded", "true");
        button.closest(".hit").classList.add("reading");
      }
    };
    const place = () => {
      const card = narrow.matches && opener?.dataset.do === "open" && opener.closest(".hit");
      if (card && card.isConnected) card.after(pane);
      else home.after(pane);
    };
    const settle = () => {
      const mark = pane.querySelector(".pointed mark") || pane.querySelector(".pointed");
      const here = pane.querySelector("[data-here]");
      if (narrow.matches) {
        (pane.querySelector(".pointed") || here || pane).scrollIntoView({ block: "start" });
      } else {
        if (pane.getBoundingClientRect().top < 0) pane.scrollIntoView({ block: "start" });
        const target = mark || here;
        const gap = target
          ? target.getBoundingClientRect().top - pane.getBoundingClientRect().top
          : -pane.scrollTop;
        pane.scrollTop += gap - (mark ? pane.clientHeight / 3 : target ? HEAD : 0);
      }
      pane.querySelector("h2")?.focus({ preventScroll: true });
    };
    const open = async (name, payload, button, follow = false) => {
      if (!pane.contains(button)) {
        opener = button;
        trail = [];
      }
      const mine = ++turn;
      const html = await fetched(server, name, payload);
      if (mine !== turn) return;
      if (!pane.contains(button)) mark(button);
      if (follow) trail.push({ nodes: [...pane.childNodes], scroll: pane.scrollTop, button });
      pane.replaceChildren();
      pane.innerHTML = html;
      if (!pane.querySelector("[data-do=close]")) pane.insertAdjacentHTML("afterbegin", CLOSE);
      if (trail.length) pane.querySelector("[data-do=close]").insertAdjacentHTML("beforebegin", BACK);
      pane.hidden = false;
      root.classList.add("with-reader");
      place();
      settle();
    };
    const back = () => {
      const left = trail.pop();
      if (!left) return;
      turn++;
      pane.replaceChildren(...left.nodes);
      pane.scrollTop = left.scroll;
      left.button.focus({ preventScroll: true });
      if (narrow.matches) left.button.scrollIntoView({ block: "center" });
    };
    const close = (quiet) => {
      turn++;
      trail = [];
      home.after(pane);
      pane.hidden = !bare;
      pane.innerHTML = bare;
      root.classList.remove("with-reader");
      mark(null);
      if (!quiet && opener?.isConnected) {
        opener.focus({ preventScroll: !narrow.matches });
        opener.scrollIntoView({ block: "nearest" });
      }
      opener = null;
    };
    // References are fetched when their fold is opened; after an error, when it is opened again.
    const fetchLinks = async (fold) => {
      const body = fold.querySelector("[data-role=refs]");
      if (body.dataset.state) return;
      body.dataset.state = "busy";
      body.setAttribute("aria-busy", "true");
      body.innerHTML = '<p class="waiting" role="status">正在查引用关系……</p>';
      body.innerHTML = await fetched(server, "open_links", { ...fold.dataset });
      body.setAttribute("aria-busy", "false");
      body.dataset.state = body.querySelector("[role=alert]") ? "" : "done";
      fold.scrollIntoView({ block: "nearest" });
    };
    // The table of contents opens at the place one is reading. (toggle does not bubble.)
    pane.addEventListener("toggle", (event) => {
      if (event.target.open && event.target.matches(".refs")) fetchLinks(event.target);
      const here = event.target.open && event.target.querySelector("[aria-current]");
      if (here) here.scrollIntoView({ block: "center" });
    }, true);
    document.addEventListener("keydown", (event) => {
      const open = root.offsetParent && pane.querySelector("[data-do=close]");
      if (event.key === "Escape" && open && !event.isComposing) close();
    });
    const at = (button) => ({
      document: button.dataset.document,
      start: Number(button.dataset.start),
    });
    const passage = (button) => ({
      ...at(button),
      end: Number(button.dataset.end),
      marks: (button.dataset.marks || "").split(",").filter(Boolean).map((span) => span.split("-").map(Number)),
    });
    const whole = (button) => ({ document: button.dataset.document });
    return {
      close,
      actions: {
        close: () => close(),
        back,
        document: (button) => open("open_document", whole(button), button),
        section: (button) => open("open_section", at(button), button),
        open: (button) => {
          if (button.getAttribute("aria-expanded") === "true") return close();
          return open("open_section", passage(button), button);
        },
        follow: (button) => (button.dataset.start
          ? open("open_section", passage(button), button, true)
          : open("open_document", whole(button), button, true)),
        whole: (button) => kit.download(server, "download_document", { ...button.dataset }, button, (html) => {
          button.closest("[data-role=whole]").insertAdjacentHTML("beforeend", html);
        }),
        refs: (button) => {
          const late = [...button.parentElement.querySelectorAll("[hidden]")];
          late.forEach((one) => (one.hidden = false));
          button.remove();
          late.find((one) => one.matches("li")).querySelector("button").focus();
        },
      },
    };
  };
})();
