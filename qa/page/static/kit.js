// What every part of the page works with. Gradio hands each part over as [name, element, server]; all
// HTML comes from the server already escaped, and everything here works by delegation on that HTML.
(() => {
  "use strict";
  const ADDRESS = ["q", "doc", "section", "kind", "status", "all", "find", "in", "old"];
  const BROKEN = "程序没有应答，可能已经关闭。请刷新网页再试；仍不行，请重新启动法据。";
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
  // Gradio's own dark look stays out: page.css follows the computer's setting itself.
  // (Only where it is: taking away what is not there is a change too, and would be seen without end.)
  const light = () => {
    if (document.body.classList.contains("dark")) document.body.classList.remove("dark");
  };
  light();
  new MutationObserver(light).observe(document.body, { attributeFilter: ["class"] });

  // 大字, kept in this browser.
  const LARGE = "faju-large";
  const kept = () => {
    try {
      return localStorage.getItem(LARGE) === "1";
    } catch {
      return false;
    }
  };
  const large = (on) => document.documentElement.classList.toggle("large", on);
  large(kept());
  const textSize = (button) => {
    const press = (on) => {
      large(on);
      button.setAttribute("aria-pressed", String(on));
      dispatchEvent(new Event("resize"));
    };
    press(kept());
    button.addEventListener("click", () => {
      const on = !document.documentElement.classList.contains("large");
      press(on);
      try {
        localStorage.setItem(LARGE, on ? "1" : "0");
      } catch {
        // A browser that keeps nothing.
      }
    });
  };
  // The first thing that Tab comes to: past the question to what was found.
  const skip = document.createElement("a");
  skip.className = "faju-skip";
  skip.href = "#";
  skip.textContent = "跳到结果";
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    const places = "[data-role=results], [data-role=summary], [data-role=shelf]";
    const shown = [...document.querySelectorAll(places)].find((place) => place.offsetParent);
    if (!shown) return;
    shown.tabIndex = -1;
    shown.focus();
    shown.scrollIntoView({ block: "start" });
  });
  const skipping = document.createElement("nav");
  skipping.setAttribute("aria-label", "跳转");
  skipping.append(skip);
  document.body.prepend(skipping);

  // What is shown.
  const escaped = (text) => {
    const box = document.createElement("div");
    box.textContent = text;
    return box.innerHTML;
  };
  const notice = (text) => `<p class="notice notice-error" role="alert">${escaped(text)}</p>`;
  const plain = (text) => `<p class="notice notice-plain" role="status">${escaped(text)}</p>`;
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

  // What is asked of the server: HTML or JSON; what went wrong comes back as a notice.
  const fetched = async (server, name, payload) => {
    try {
      const reply = await server[name](payload);
      return reply === undefined || reply === null ? notice(BROKEN) : reply;
    } catch {
      return notice(BROKEN);
    }
  };

  // What is asked and where is kept in the address: entries are [name, value], empty ones left out.
  // A question that is newly asked is a step of its own, so that the browser's Back returns to the one before.
  const setAddress = (entries, step = false) => {
    const url = new URL(location.href);
    ADDRESS.forEach((name) => url.searchParams.delete(name));
    for (const [name, value] of entries) {
      if (value && value.length <= LONGEST_ADDRESS) url.searchParams.append(name, value);
    }
    if (url.searchParams.has("find")) url.searchParams.delete(TAB); // it goes without saying
    if (url.href === location.href) return;
    if (step) history.pushState(history.state, "", url);
    else history.replaceState(history.state, "", url);
  };
  // The tab that is open stands there too, the first one without a word; one that is chosen is a step.
  const TAB = "tab";
  const tabs = () => [...document.querySelectorAll("[role=tab]")];
  document.addEventListener("click", ({ target, isTrusted }) => {
    const tab = target.closest?.("[role=tab]");
    if (!tab) return;
    const url = new URL(location.href);
    const own = url.searchParams.has("find") ? "原文查找" : tabs()[0].textContent.trim();
    if (tab.textContent.trim() === own) url.searchParams.delete(TAB);
    else url.searchParams.set(TAB, tab.textContent.trim());
    if (url.href === location.href) return;
    if (isTrusted) history.pushState(history.state, "", url);
    else history.replaceState(history.state, "", url);
  });
  // The arrow keys, Home and End go from tab to tab.
  const ARROWS = {
    ArrowRight: (at, n) => (at + 1) % n,
    ArrowLeft: (at, n) => (at + n - 1) % n,
    Home: () => 0,
    End: (at, n) => n - 1,
  };
  document.addEventListener("keydown", (event) => {
    const way = event.target.matches?.("[role=tab]") && ARROWS[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const all = tabs();
    const next = all[way(all.indexOf(event.target), all.length)];
    next.click();
    next.focus();
  });
  const wantedTab = () => {
    const given = new URLSearchParams(location.search);
    return given.get(TAB) || (given.has("find") ? "原文查找" : "");
  };
  const returning = (back) => addEventListener("popstate", back);
  const openTab = (name, tries = 60) => {
    const tab = [...document.querySelectorAll("[role=tab]")].find((one) => one.textContent.trim() === name);
    if (tab) tab.click();
    else if (tries) requestAnimationFrame(() => openTab(name, tries - 1));
  };

  // One word that this window keeps while its page is loaded again: given one it is kept, null forgets it.
  const keeping = (name) => (...given) => {
    try {
      if (!given.length) return sessionStorage.getItem(name);
      if (given[0] === null) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, given[0]);
    } catch {
      // A browser that keeps nothing.
    }
    return null;
  };

  // Boxes and buttons.
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
  const submitting = (form, run) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
  };
  // Enter sends one line; of a longer text Ctrl+Enter does.
  const sending = (box, line) => {
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
      if (line ? event.shiftKey : !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      box.form.requestSubmit();
    });
  };
  const busying = (form, box, doing) => {
    const submit = form.querySelector("[type=submit]");
    const idle = submit.textContent;
    return (on) => {
      submit.disabled = on;
      submit.textContent = on ? doing : idle;
      box.setAttribute("aria-busy", String(on));
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
  const taking = {
    copy: (button) => copy(button.dataset.copy, button.dataset.said || "已复制原文和出处，可以粘贴了。"),
    link: () => copy(location.href, here
      ? "已复制链接：只能在这台电脑上打开；要发给同事，请用“打印”或“复制答案”。"
      : "已复制链接，能打开这个网页的同事点开就是这个结果。"),
    print: () => window.print(),
    unfold: (button) => {
      const open = button.closest(".hit").classList.toggle("open");
      button.setAttribute("aria-expanded", String(open));
      button.textContent = open ? "收起" : "展开全文";
    },
  };

  // Files given, by choice or dropped on ``area``; how large one may be is said by the form.
  const giving = (form, take, area = form) => {
    const input = form.querySelector("input[type=file]");
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = "";
      take(files);
    });
    area.addEventListener("dragover", (event) => {
      event.preventDefault();
      form.classList.add("dropping");
    });
    area.addEventListener("dragleave", () => form.classList.remove("dropping"));
    area.addEventListener("drop", (event) => {
      form.classList.remove("dropping");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      take([...event.dataTransfer.files]);
    });
  };
  const tooLarge = (form, file) => {
    const largest = Number(form.dataset.largest);
    return file.size > largest ? `超过 ${largest / 2 ** 20} MB` : "";
  };
  // One file at a time; ``refused`` shows why one is not taken, ``instead`` says what to do about it.
  const givingOne = (form, instead, refused, take, area = form) => {
    giving(form, ([file]) => {
      if (!file) return;
      const why = tooLarge(form, file);
      if (why) refused(notice(`${file.name} ${why}，${instead}。`));
      else take(file);
    }, area);
  };
  const naming = (label, name, instead) => {
    label.hidden = !name;
    label.innerHTML = name ? `<span>${escaped(name)}</span>` : "";
    if (name && instead) {
      label.innerHTML += `<button type="button" class="quiet" data-do="drop">${instead}</button>`;
    }
  };
  const sent = (file) =>
    new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done({ name: file.name, content: reader.result.slice(reader.result.indexOf(",") + 1) });
      reader.onerror = () => failed(new Error(`读不了 ${file.name}，请重新选择；文件移动或改动过的话也要重选。`));
      reader.readAsDataURL(file);
    });

  // A file to take away, in base64; ``refused`` shows why there is none.
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
  const download = async (server, call, payload, button, refused) => {
    button.disabled = true;
    const reply = await fetched(server, call, payload);
    button.disabled = false;
    if (typeof reply === "string") return refused(reply);
    save(reply);
    toast(`已下载：${reply.name}`);
  };

  // A long table: the rows that wait, and only those with faults.
  const tabling = (root, table) => {
    root.addEventListener("change", (event) => {
      if (event.target.dataset.role !== "faults") return;
      root.classList.toggle("only-faults", event.target.checked);
      const none = !table.querySelector("tr[data-fault]");
      table.querySelector("[data-role=no-faults]").hidden = !(event.target.checked && none);
    });
    return {
      "all-rows": (button) => {
        table.querySelectorAll(".late").forEach((row) => row.classList.remove("late"));
        button.remove();
      },
    };
  };

  // A part begins when both its script and its element are there.
  const parts = {};
  const waiting = window.faju || [];
  // What is said of where things are worked on is true of this page: ``data-there`` for another machine's.
  const here = ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);
  const placed = (root) => here || root.querySelectorAll("[data-there]").forEach((each) => {
    each.textContent = each.dataset.there;
    each.removeAttribute("data-there");
  });
  const part = (name, start) => {
    const begin = (element, server) => {
      placed(element);
      start(element, server);
    };
    parts[name] = begin;
    waiting.filter((one) => one[0] === name).forEach(([, element, server]) => begin(element, server));
  };
  window.faju = {
    push: ([name, element, server]) => {
      if (parts[name]) parts[name](element, server);
      else waiting.push([name, element, server]);
    },
  };

  window.fajuKit = {
    acting, busying, download, escaped, fetched, fitting, giving, givingOne, keeping, placed, naming, narrow, notice, openTab,
    part, plain, returning, sending, sent, setAddress, submitting, tabling, taking, textSize, toast, tooLarge, wantedTab,
  };
})();
