// 引文核对: a draft goes in; verdicts, what differs and the draft put right come out.
(() => {
  "use strict";
  const { parts, narrow, escaped, notice, fetched, toast, encoded, save, meter, taking, reading, acting } = window.fajuKit;
  const LARGEST = 50 * 2 ** 20;
  const STALE = "文稿已经改动，下面还是改动前的结论，请再按一次“核对”。";

  const plain = (text) => `<p class="notice notice-plain" role="status">${escaped(text)}</p>`;

  parts.check = (element, server) => {
    const root = element.querySelector(".faju-check");
    const form = root.querySelector("form");
    const box = form.elements.draft;
    const submit = form.querySelector("[type=submit]");
    const role = (name) => root.querySelector(`[data-role=${name}]`);
    const [summary, results, detail, table, label] =
      ["summary", "results", "detail", "table", "file"].map(role);
    const reader = reading(root, server);
    const side = detail.parentElement;
    let turn = 0;
    let job = null; // the check whose result is shown
    let given = null; // what it was made from: { name, text } or { name, content }
    let before = []; // the draft's earlier texts, to take a replacement back

    const named = (name) => {
      label.hidden = !name;
      label.innerHTML = name
        ? `<span>${escaped(name)}</span><button type="button" class="quiet" data-do="drop">换成粘贴文字</button>`
        : "";
    };
    const leave = () => {
      reader.close(true);
      detail.hidden = true;
      detail.innerHTML = "";
      side.prepend(detail);
      root.classList.remove("with-item");
      root.querySelectorAll(".current").forEach((one) => one.classList.remove("current"));
    };
    const clear = () => {
      leave();
      job = null;
      results.innerHTML = "";
      table.innerHTML = "";
      root.classList.remove("checked");
    };
    const busy = (on) => {
      submit.disabled = on;
      submit.textContent = on ? "核对中…" : "核对";
      summary.setAttribute("aria-busy", String(on));
    };
    const show = (html) => {
      busy(false);
      summary.innerHTML = html;
    };
    const progress = (state, began) => {
      const { done, total } = state;
      meter(summary, state, began, total ? `已核对 ${done} 处，共 ${total} 处` : "正在找出引文和出处……");
    };

    const check = async (what, at = null) => {
      const mine = ++turn;
      if (job) server.cancel_check({ job }).catch(() => {});
      busy(true);
      if (at === null) clear();
      const begun = await fetched(server, "start_check", what);
      if (mine !== turn) return begun.job && server.cancel_check({ job: begun.job });
      if (typeof begun === "string") {
        clear();
        return show(begun);
      }
      given = what;
      if (begun.text !== null) {
        given = { name: what.name, text: begun.text };
        if (what.content) box.value = begun.text;
        given.text = box.value;
      }
      const began = Date.now();
      let state = { state: "running", done: 0, total: 0 };
      while (state.state === "running") {
        if (at === null) progress(state, began);
        root.dataset.running = begun.job;
        state = await fetched(server, "check_state", { job: begun.job });
        if (mine !== turn) return server.cancel_check({ job: begun.job });
      }
      delete root.dataset.running;
      if (state.state !== "done") {
        clear();
        return show(typeof state === "string" ? state : state.html || notice("核对中途出错，请重试；仍不行，请把文稿分段核对。"));
      }
      leave();
      job = begun.job;
      results.innerHTML = state.draft;
      table.innerHTML = state.table;
      show(state.summary + (before.length ? undo() : ""));
      root.classList.toggle("checked", Boolean(state.draft));
      settle(at);
    };
    const undo = () =>
      `<p class="undo" role="status">已改 ${before.length} 次。<button type="button" class="quiet" data-do="undo">撤销上一次改动</button></p>`;
    const faults = () => [...results.querySelectorAll(".mark[data-fault]")]
      .filter((mark, index, all) => !index || all[index - 1].dataset.item !== mark.dataset.item);
    const settle = (at) => {
      const next = faults().find((mark) => at === null || Number(mark.dataset.item) >= at);
      if (narrow.matches && at === null) return summary.scrollIntoView({ block: "start" });
      if (at === null) {
        summary.querySelector("h2")?.focus({ preventScroll: true });
        summary.scrollIntoView({ block: "start" });
      }
      if (next) select(next, at !== null);
    };
    const run = () => {
      const text = box.value;
      if (given?.content && !label.hidden) return check(given);
      if (!text.trim()) {
        turn++;
        clear();
        show(plain("请先粘贴文稿或选择文件，再按“核对”；也可以用样稿试试。"));
        box.focus();
        return;
      }
      return check({ name: label.hidden ? "" : given?.name || "", text });
    };
    const load = async (file) => {
      if (!file) return;
      if (file.size > LARGEST) return show(notice(`${file.name} 超过 50 MB，请拆分后再核对。`));
      before = [];
      let content;
      try {
        content = await encoded(file);
      } catch {
        return show(notice(`读不了 ${file.name}，请检查它是否还在原处。`));
      }
      named(file.name);
      box.value = "";
      box.hidden = /\.docx$/i.test(file.name);
      return check({ name: file.name, content });
    };

    const select = async (button, scroll = true) => {
      const number = Number(button.dataset.item);
      const name = job;
      const html = await fetched(server, "open_item", { job: name, item: number });
      if (name !== job) return;
      leave();
      const marks = results.querySelectorAll(`.mark[data-item="${number}"]`);
      marks.forEach((mark) => mark.classList.add("current"));
      table.querySelector(`[data-row="${number}"]`)?.classList.add("current");
      detail.innerHTML = html;
      detail.hidden = false;
      root.classList.add("with-item");
      if (!faults().length) detail.querySelector(".steps")?.remove();
      if (narrow.matches && marks.length) marks[marks.length - 1].closest("p").after(detail);
      if (!scroll) return;
      marks[0]?.scrollIntoView({ block: narrow.matches ? "start" : "center" });
      detail.querySelector("h2")?.focus({ preventScroll: true });
    };
    const step = (way) => {
      const marks = faults();
      const at = Number(results.querySelector(".current")?.dataset.item ?? -1);
      const others = way > 0
        ? marks.filter((mark) => Number(mark.dataset.item) > at)
        : marks.filter((mark) => Number(mark.dataset.item) < at).reverse();
      const next = others[0] || (way > 0 ? marks[0] : marks[marks.length - 1]);
      if (next) select(next);
    };
    const fix = async (item) => {
      if (box.value !== given.text) return toast("文稿已经改动，请先重新核对。");
      const reply = await fetched(server, "fix_draft", item === null ? { job } : { job, item });
      if (typeof reply === "string") return show(reply);
      before.push(box.value);
      box.value = reply.text;
      toast(item === null ? "已全部改正，正在重新核对。" : "已改正，正在重新核对。");
      return check({ name: given.name, text: box.value }, item === null ? 0 : item);
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      before = [];
      run();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    box.addEventListener("input", () => {
      const stale = job && box.value !== given.text;
      let said = root.querySelector(".stale");
      if (!stale) return said?.remove();
      if (!said) summary.insertAdjacentHTML("beforebegin", plain(STALE).replace('class="', 'class="stale '));
    });
    form.elements.file.addEventListener("change", (event) => {
      load(event.target.files[0]);
      event.target.value = "";
    });
    form.addEventListener("dragover", (event) => {
      event.preventDefault();
      form.classList.add("dropping");
    });
    form.addEventListener("dragleave", () => form.classList.remove("dropping"));
    form.addEventListener("drop", (event) => {
      form.classList.remove("dropping");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      load(event.dataTransfer.files[0]);
    });
    root.addEventListener("change", (event) => {
      if (event.target.dataset.role !== "faults") return;
      root.classList.toggle("only-faults", event.target.checked);
      const none = !table.querySelector("tr[data-fault]");
      table.querySelector("[data-role=no-faults]").hidden = !(event.target.checked && none);
    });
    root.addEventListener("keydown", (event) => {
      if (event.key === " " && event.target.matches(".mark")) {
        event.preventDefault();
        select(event.target);
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || detail.hidden || !root.offsetParent) return;
      if (root.classList.contains("with-reader")) return;
      const mark = results.querySelector(".current");
      leave();
      mark?.focus();
    }, true);

    acting(root, {
      ...reader.actions,
      ...taking,
      sample: () => {
        drop();
        box.value = form.dataset.sample;
        run();
      },
      drop: () => drop(),
      cancel: () => {
        turn++;
        if (root.dataset.running) server.cancel_check({ job: root.dataset.running }).catch(() => {});
        clear();
        show(plain("已取消核对，文稿没有改动。"));
      },
      item: (button) => select(button),
      leave,
      previous: () => step(-1),
      next: () => step(1),
      fix: (button) => fix(Number(button.dataset.item)),
      "fix-all": () => fix(null),
      undo: () => {
        box.value = before.pop();
        return check({ name: given.name, text: box.value }, 0);
      },
      "all-rows": (button) => {
        table.querySelectorAll(".late").forEach((row) => row.classList.remove("late"));
        button.remove();
      },
      download: async (button) => {
        button.disabled = true;
        const reply = await fetched(server, "download", { job, what: button.dataset.what });
        button.disabled = false;
        if (typeof reply === "string") return summary.insertAdjacentHTML("beforeend", reply);
        save(reply);
        toast(`已下载：${reply.name}`);
      },
    });
    const drop = () => {
      turn++;
      before = [];
      given = null;
      named("");
      clear();
      box.hidden = false;
      box.value = "";
      show("");
    };
  };
})();
