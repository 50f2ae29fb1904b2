// 引文核对: a draft goes in; verdicts, what differs and the draft put right come out.
(() => {
  "use strict";
  const {
    acting, busying, download, fetched, givingOne, meter, naming, narrow, part, plain, reading, runner,
    sending, sent, submitting, tabling, taking, toast,
  } = window.fajuKit;
  const STALE = "文稿已经改动，下面还是改动前的结论，请再按一次“核对”。";

  part("check", (element, server) => {
    const root = element.querySelector(".faju-check");
    const form = root.querySelector("form");
    const box = form.elements.draft;
    const role = (name) => root.querySelector(`[data-role=${name}]`);
    const [summary, results, detail, table, label] =
      ["summary", "results", "detail", "table", "file"].map(role);
    const reader = reading(root, server);
    const side = detail.parentElement;
    const busy = busying(form, summary, "核对中…");
    const checking = runner(server, "核对中途出错，请重试；仍不行，请把文稿分段核对。");
    let job = null; // the check whose result is shown
    let given = null; // what it was made from: { name, text } or { name, content }
    let before = []; // the draft's earlier texts, to take a replacement back

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
    const show = (html) => {
      busy(false);
      summary.innerHTML = html;
    };
    const watch = (state, began) => {
      const { done, total } = state;
      meter(summary, state, began, total ? `已核对 ${done} 处，共 ${total} 处` : "正在找出引文和出处……");
    };
    const failed = (html) => {
      clear();
      show(html);
    };

    // ``what`` is { name, text } or a promise of { name, content }. ``at`` is the item that was mended:
    // what is shown stays until the new verdicts are there.
    const check = async (what, at = null) => {
      busy(true);
      root.querySelector(".stale")?.remove();
      if (at === null) clear();
      let began = null;
      const state = await checking.run("start_check", what, at === null ? watch : () => {}, async (begun) => {
        began = begun;
        given = await what;
        if (begun.text === null) return;
        if (given.content) box.value = begun.text;
        given = { name: given.name, text: box.value };
      });
      if (!state) return;
      if (state.state !== "done") return failed(state.html);
      leave();
      job = began.job;
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
        checking.stop();
        failed(plain("请先粘贴文稿或选择文件，再按“核对”；也可以用样稿试试。"));
        box.focus();
        return;
      }
      return check({ name: label.hidden ? "" : given?.name || "", text });
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

    submitting(form, () => {
      before = [];
      run();
    });
    sending(box, false);
    box.addEventListener("input", () => {
      const stale = job && box.value !== given.text;
      let said = root.querySelector(".stale");
      if (!stale) return said?.remove();
      if (!said) summary.insertAdjacentHTML("beforebegin", plain(STALE).replace('class="', 'class="stale '));
    });
    givingOne(form, "请拆分后再核对", show, (file) => {
      before = [];
      naming(label, file.name, "换成粘贴文字");
      box.value = "";
      box.hidden = /\.docx$/i.test(file.name);
      check(sent(file));
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
      ...tabling(root, table),
      sample: () => {
        drop();
        box.value = form.dataset.sample;
        run();
      },
      drop: () => drop(),
      cancel: () => {
        checking.stop();
        failed(plain("已取消核对，文稿没有改动。"));
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
      download: (button) => download(server, "download", { job, what: button.dataset.what }, button, (html) => {
        summary.insertAdjacentHTML("beforeend", html);
      }),
    });
    const drop = () => {
      checking.stop();
      before = [];
      given = null;
      naming(label, "");
      clear();
      box.hidden = false;
      box.value = "";
      show("");
    };
  });
})();
