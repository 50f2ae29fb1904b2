// 批量问答: questions go in, one a line or a file; a table of answers and files come out.
(() => {
  "use strict";
  const {
    acting, busying, download, fetched, givingOne, keeping, meter, naming, notice, part, plain, runner,
    sending, sent, submitting, tabling, taking,
  } = window.fajuKit;

  part("batch", (element, server) => {
    const root = element.querySelector(".faju-batch");
    const form = root.querySelector("form");
    const box = form.elements.batch;
    const role = (name) => root.querySelector(`[data-role=${name}]`);
    const [summary, table, label, list] = ["summary", "table", "file", "list"].map(role);
    const busy = busying(form, summary, "回答中…");
    const asking = runner(server, "回答中途出错，请重试；仍不行，请把问题分成几份。");
    const kept = keeping("faju-batch"); // the job, so that a page that is loaded again goes on with it
    let file = null;
    let job = null; // the batch whose answers are shown
    let turn = 0;

    const show = (html) => {
      busy(false);
      summary.innerHTML = html;
    };
    const clear = () => {
      job = null;
      kept(null);
      table.innerHTML = "";
      root.classList.remove("only-faults", "checked");
    };
    // A file that is chosen is read first: which column is asked is shown, and can be changed.
    const choose = async (given) => {
      const mine = ++turn;
      file = given;
      box.hidden = Boolean(file);
      list.hidden = true;
      naming(label, file?.name, "换成粘贴问题");
      if (!file) return;
      show(plain("正在读取……"));
      let html;
      try {
        html = await fetched(server, "read_list", await sent(file));
      } catch (problem) {
        html = notice(problem.message);
      }
      if (mine !== turn) return;
      if (!html.includes('id="column"')) {
        file = null;
        box.hidden = false;
        return show(html);
      }
      show("");
      list.innerHTML = html;
      list.hidden = false;
      form.querySelector("[type=submit]").focus();
    };
    list.addEventListener("change", ({ target }) => {
      const { first } = target.selectedOptions[0].dataset;
      list.querySelector("[data-role=first]").textContent = first ? `前几题：${first}` : "";
    });
    const asked = async () => {
      if (!file) return { text: box.value };
      return { ...(await sent(file)), column: form.elements.column.value };
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
      if (file && !form.elements.column?.value) return show(plain("请先选哪一列是问题，再按“全部提问”。"));
      busy(true);
      shown(await asking.run("start_batch", asked(), watch, (begun) => {
        job = begun.job;
        kept(job);
      }));
    };
    const shown = (state) => {
      if (!state) return;
      if (state.state !== "done") {
        kept(null);
        return show(state.state === "cancelled" ? plain("已取消，还没有做完的题。") : state.html);
      }
      table.innerHTML = state.table;
      root.classList.add("checked");
      show(state.summary);
      summary.querySelector("h2").focus({ preventScroll: true });
      summary.scrollIntoView({ block: "start" });
    };

    submitting(form, run);
    sending(box, false);
    givingOne(form, "请拆成几个文件", show, (given) => {
      asking.stop();
      clear();
      choose(given);
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
      // What is done already is shown.
      cancel: (button) => {
        button.disabled = true;
        asking.cancel();
      },
      template: (button) => download(server, "batch_template", {}, button, taken),
      download: (button) => download(server, "download_batch", { job, what: button.dataset.what }, button, taken),
    });

    const before = kept();
    if (!before) return;
    job = before;
    busy(true);
    asking.follow(before, watch).then((state) => {
      if (state?.state === "failed") return clear() || show("");
      shown(state);
    });
  });
})();
