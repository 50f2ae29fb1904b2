// The page's behaviour. Gradio hands each live part over as [name, element, server]; all HTML comes
// from the server already escaped, and everything here works by delegation on that HTML.
(() => {
  "use strict";
  const FILTERS = ["doc", "section", "kind", "status", "all"];
  const ADDRESS = ["q", ...FILTERS, "find", "in", "old"];
  const BROKEN = "程序没有应答，可能已经关闭。请刷新网页再试；仍不行，请重新启动法据。";
  const CLOSE = '<button type="button" class="close" data-do="close">关闭</button>';
  const BACK = '<button type="button" class="close back" data-do="back">返回</button>';
  const HEAD = 90; // pixels that the reader's fixed head covers
  const LONGEST_ADDRESS = 1000;
  const narrow = matchMedia("(max-width: 900px)");

  const ICON = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 64 64'>"
    + "<rect width='64' height='64' rx='10' fill='#8b1a1a'/>"
    + "<path d='M16 52V14h32v38M26 26h12M26 38h12' fill='none' stroke='#fff' stroke-width='6'/></svg>";
  const icon = document.createElement("link");
  icon.rel = "icon";
  icon.href = `data:image/svg+xml,${encodeURIComponent(ICON)}`;
  document.head.append(icon);
  document.documentElement.lang = "zh-CN";
  const light = () => document.body.classList.remove("dark");
  light();
  new MutationObserver(light).observe(document.body, { attributeFilter: ["class"] });

  const escaped = (text) => {
    const box = document.createElement("div");
    box.textContent = text;
    return box.innerHTML;
  };
  const notice = (text) => `<p class="notice notice-error" role="alert">${escaped(text)}</p>`;
  const fetched = async (server, name, payload) => {
    try {
      const reply = await server[name](payload);
      return reply === undefined || reply === null ? notice(BROKEN) : reply;
    } catch {
      return notice(BROKEN);
    }
  };

  // What is asked and where is kept in the address: entries are [name, value], empty ones left out.
  const setAddress = (entries) => {
    const url = new URL(location.href);
    ADDRESS.forEach((name) => url.searchParams.delete(name));
    for (const [name, value] of entries) {
      if (value && value.length <= LONGEST_ADDRESS) url.searchParams.append(name, value);
    }
    history.replaceState(history.state, "", url);
  };
  const fitting = (box, most) => {
    const grow = () => {
      box.style.height = "auto";
      if (box.scrollHeight) box.style.height = `${Math.min(box.scrollHeight + 2, most)}px`;
    };
    box.addEventListener("input", grow);
    addEventListener("resize", grow);
    new ResizeObserver(() => requestAnimationFrame(grow)).observe(box.parentElement);
    return grow;
  };
  const submitting = (box, run) => {
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      run();
    });
  };
  const openTab = (name, tries = 60) => {
    const tab = [...document.querySelectorAll("[role=tab]")].find((one) => one.textContent.trim() === name);
    if (tab) tab.click();
    else if (tries) requestAnimationFrame(() => openTab(name, tries - 1));
  };

  let toastTimer;
  const toast = (text) => {
    let box = document.querySelector(".faju-toast");
    if (!box) {
      box = document.createElement("div");
      box.className = "faju-toast";
      box.setAttribute("role", "status");
      document.body.append(box);
    }
    box.textContent = text;
    box.classList.add("shown");
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => box.classList.remove("shown"), 2600);
  };
  const copy = async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "faju-copy";
      document.body.append(area);
      area.select();
      const copied = document.execCommand("copy");
      area.remove();
      if (!copied) return toast("浏览器不允许复制，请用鼠标选中后按 Ctrl+C。");
    }
    toast(done);
  };

  // A file given, in base64; a file to take away, likewise.
  const encoded = (file) =>
    new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
      reader.onerror = () => failed(reader.error);
      reader.readAsDataURL(file);
    });
  const save = ({ name, content }) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes]));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  // How far some work is: ``said`` and how long it may take, a bar, and a button to stop it.
  const meter = (box, { done, total }, began, said) => {
    const left = done && Math.round((((Date.now() - began) / done) * (total - done)) / 1000);
    const rest = left > 90 ? `，约还需 ${Math.round(left / 60)} 分钟` : left > 2 ? `，约还需 ${left} 秒` : "";
    if (!box.querySelector("progress")) {
      box.innerHTML = '<div class="progress"><label><span></span><progress></progress></label>'
        + '<button type="button" data-do="cancel">取消</button></div>';
    }
    box.querySelector(".progress span").textContent = said + rest;
    if (total) Object.assign(box.querySelector("progress"), { max: total, value: done });
  };

  // The reader: one per part, beside the results; on a narrow screen under the card that opened it.
  const reading = (root, server) => {
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
        refs: (button) => {
          const late = [...button.parentElement.querySelectorAll("[hidden]")];
          late.forEach((one) => (one.hidden = false));
          button.remove();
          late.find((one) => one.matches("li")).querySelector("button").focus();
        },
      },
    };
  };

  const acting = (root, actions) => {
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      const action = button && root.contains(button) && actions[button.dataset.do];
      if (!action) return;
      event.preventDefault();
      action(button);
    });
  };

  const taking = {
    copy: (button) => copy(button.dataset.copy, button.dataset.said || "已复制原文和出处，可以粘贴了。"),
    link: () => copy(location.href, "已复制链接，发给同事打开就是这个结果。"),
    print: () => window.print(),
  };

  const ask = (element, server) => {
    const root = element.querySelector(".faju-ask");
    const form = root.querySelector("form");
    const box = form.elements.q;
    const submit = form.querySelector("[type=submit]");
    const results = root.querySelector("[data-role=results]");
    const chosen = root.querySelector("[data-role=chosen]");
    const reader = reading(root, server);
    const grow = fitting(box, 180);
    let turn = 0;

    const filters = () => {
      const given = new FormData(form);
      return {
        doc: given.get("doc") || "",
        section: given.get("section") || "",
        kind: given.getAll("kind"),
        status: given.getAll("status"),
        all: given.has("all"),
      };
    };
    const address = () => {
      const given = new FormData(form);
      const values = FILTERS.flatMap((name) => given.getAll(name).map((value) => [name, value]));
      setAddress([["q", box.value.trim()], ...values]);
    };
    const describe = () => {
      const { doc, section, kind, status, all } = filters();
      const name = doc ? form.elements.doc.selectedOptions[0].textContent : "";
      const parts = [name, section, ...kind, ...status, all ? "含历史版本" : ""].filter(Boolean);
      chosen.textContent = parts.length ? `已限定：${parts.join(" · ")}` : "文件、章节、类型、效力";
      chosen.classList.toggle("set", parts.length > 0);
    };
    const chapters = async (wanted = "") => {
      const select = form.elements.section;
      const id = form.elements.doc.value;
      select.replaceChildren(new Option(id ? "全部章节" : "先选定一份文件", ""));
      select.disabled = !id;
      if (!id) return;
      const entries = await fetched(server, "chapters", { document: id });
      if (form.elements.doc.value !== id) return;
      for (const entry of Array.isArray(entries) ? entries : []) {
        const indent = "\u3000".repeat(Math.max(0, entry.level - 1));
        select.add(new Option(indent + entry.heading, entry.heading));
      }
      if (wanted && ![...select.options].some((option) => option.value === wanted)) {
        select.add(new Option(wanted, wanted));
      }
      select.value = wanted;
      describe();
    };
    const busy = (on) => {
      submit.disabled = on;
      submit.textContent = on ? "查找中…" : "提问";
      results.setAttribute("aria-busy", String(on));
    };
    // The written answer grows under the quoted one until it ends or another question is asked.
    const written = async (wanted) => {
      const slot = results.querySelector("[data-writing]");
      for (let more = Boolean(slot); more; ) {
        const state = await fetched(server, "writing_state", { job: slot.dataset.writing });
        if (!wanted()) return server.cancel_writing({ job: slot.dataset.writing });
        more = state.more === true;
        slot.innerHTML = typeof state === "string" ? state : state.html;
        slot.setAttribute("aria-busy", String(more));
      }
    };
    const run = async () => {
      const question = box.value.trim();
      reader.close(true);
      const mine = ++turn;
      if (!question) {
        busy(false);
        results.innerHTML = '<p class="notice notice-plain" role="status">'
          + "请先写下要问的问题，再按“提问”；也可以点上面的例子。</p>";
        address();
        box.focus();
        return;
      }
      busy(true);
      if (!results.querySelector(".hit")) {
        results.innerHTML = '<p class="waiting">正在文库里查找……</p>';
      }
      const html = await fetched(server, "ask", { q: question, ...filters() });
      if (mine !== turn) return;
      results.innerHTML = html;
      busy(false);
      written(() => mine === turn);
      address();
      root.classList.add("asked");
      if (narrow.matches) results.scrollIntoView({ block: "start" });
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    submitting(box, run);
    form.addEventListener("change", async (event) => {
      if (event.target === box) return;
      if (event.target.name === "doc") await chapters();
      describe();
      if (box.value.trim() && root.classList.contains("asked")) run();
    });

    const toCard = (id) => {
      const card = root.querySelector(`#${id}`);
      if (!card) return;
      card.scrollIntoView({ block: "center", behavior: "smooth" });
      card.focus({ preventScroll: true });
    };
    acting(root, {
      ...reader.actions,
      example: (button) => {
        box.value = button.textContent;
        grow();
        run();
      },
      clear: async () => {
        form.elements.doc.value = "";
        form.querySelectorAll("input[type=checkbox]").forEach((input) => (input.checked = false));
        await chapters();
        describe();
        if (box.value.trim() && root.classList.contains("asked")) run();
        else address();
      },
      cite: (link) => toCard(link.getAttribute("href").slice(1)),
      unfold: (button) => {
        const open = button.closest(".hit").classList.toggle("open");
        button.setAttribute("aria-expanded", String(open));
        button.textContent = open ? "收起" : "展开全文";
      },
      ...taking,
    });

    const restore = async () => {
      const given = new URLSearchParams(location.search);
      box.value = given.get("q") || "";
      grow();
      for (const name of ["kind", "status", "all"]) {
        form.querySelectorAll(`input[name=${name}]`).forEach((input) => {
          input.checked = given.getAll(name).includes(input.value);
        });
      }
      const doc = given.get("doc") || "";
      if ([...form.elements.doc.options].some((option) => option.value === doc)) {
        form.elements.doc.value = doc;
        await chapters(given.get("section") || "");
      } else if (doc) {
        results.innerHTML = notice(`文库里没有编号为“${doc}”的文件，请在“缩小范围”里另选。`);
        describe();
        return;
      }
      describe();
      if (box.value.trim()) run();
    };
    if (new URLSearchParams(location.search).has("find")) return openTab("原文查找");
    restore();
    box.focus();
  };

  const parts = { ask };
  window.fajuKit = {
    parts, narrow, escaped, notice, fetched, toast, encoded, save, meter, taking,
    reading, acting, setAddress, fitting, submitting,
  };
  const start = ([name, element, server]) => parts[name](element, server);
  const waiting = window.faju || [];
  window.faju = { push: start };
  waiting.forEach(start);
})();
