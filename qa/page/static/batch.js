// 批量问答: questions go in, one a line or a file; a table of answers and files come out.
(() => {
  "use strict";
  const {
    acting, busying, download, givingOne, meter, naming, part, plain, runner, sending, sent, submitting,
    tabling, taking,
  } = window.fajuKit;

  part("batch", (element, server) => {
    const root = element.querySelector(".faju-batch");
    const form = root.querySelector("form");
    const box = form.elements.batch;
    const role = (name) => root.querySelector(`[data-role=${name}]`);
    const [summary, table, label] = ["summary", "table", "file"].map(role);
    const busy = busying(form, summary, "回答中…");
    const asking = runner(server, "回答中途出错，请重试；仍不行，请把问题分成几份。");
    let file = null;
    let job = null; // the batch whose answers are shown

    const show = (html) => {
      busy(false);
      summary.innerHTML = html;
    };
    const clear = () => {
      job = null;
      table.innerHTML = "";
      root.classList.remove("only-faults", "checked");
    };
    const choose = (given) => {
      file = given;
      box.hidden = Boolean(file);
      naming(label, file?.name, "换成粘贴问题");
    };
    const watch = (state, began) => {
      const { done, total } = state;
      meter(summary, state, began, total ? `已答 ${done} 题，共 ${total} 题` : "正在准备；前面若有别的批次，要等它做完……");
    };
    const run = async () => {
      asking.stop();
      clear();
      if (!file && !box.value.trim()) {
        show(plain("请先写下问题，每行一个，或选择文件，再按“全部提问”。"));
        box.focus();
        return;
      }
      busy(true);
      const state = await asking.run("start_batch", file ? sent(file) : { text: box.value }, watch, (begun) => {
        job = begun.job;
      });
      if (!state) return;
      if (state.state !== "done") return show(state.html);
      table.innerHTML = state.table;
      root.classList.add("checked");
      show(state.summary);
      summary.querySelector("h2").focus({ preventScroll: true });
      summary.scrollIntoView({ block: "start" });
    };

    submitting(form, run);
    sending(box, false);
    givingOne(form, "请拆成几个文件", show, (given) => {
      choose(given);
      run();
    });
    const taken = (html) => summary.insertAdjacentHTML("beforeend", html);
    acting(root, {
      ...taking,
      ...tabling(root, table),
      drop: () => {
        asking.stop();
        choose(null);
        clear();
        show("");
        box.focus();
      },
      cancel: () => {
        asking.stop();
        clear();
        show(plain("已取消，没有留下结果。"));
      },
      template: (button) => download(server, "batch_template", {}, button, taken),
      download: (button) => download(server, "download_batch", { job, what: button.dataset.what }, button, taken),
    });
  });
})();
