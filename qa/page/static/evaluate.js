// 批量评测: a question set goes in; figures, charts and the questions one by one come out.
(() => {
  "use strict";
  const { parts, escaped, notice, fetched, toast, encoded, save, meter, taking, acting } = window.fajuKit;
  const LARGEST = 20 * 2 ** 20;

  const plain = (text) => `<p class="notice notice-plain" role="status">${escaped(text)}</p>`;

  parts.evaluate = (element, server) => {
    const root = element.querySelector(".faju-evaluate");
    const form = root.querySelector("form");
    const submit = form.querySelector("[type=submit]");
    const role = (name) => root.querySelector(`[data-role=${name}]`);
    const [summary, figures, questions, label] = ["summary", "figures", "questions", "file"].map(role);
    let file = null;
    let job = null; // the evaluation whose result is shown
    let running = null;
    let turn = 0;

    const busy = (on) => {
      submit.disabled = on;
      submit.textContent = on ? "评测中…" : "开始评测";
      summary.setAttribute("aria-busy", String(on));
    };
    const show = (html) => {
      busy(false);
      summary.innerHTML = html;
    };
    const clear = () => {
      job = null;
      figures.innerHTML = "";
      questions.innerHTML = "";
    };
    const take = (given) => {
      if (!given) return;
      if (given.size > LARGEST) return show(notice(`${given.name} 超过 20 MB，请拆成几个文件。`));
      file = given;
      label.hidden = false;
      label.innerHTML = `<span>${escaped(file.name)}</span>`;
    };
    const progress = (state, began) => {
      const { done, total } = state;
      const said = !total ? "正在准备；前面若有别的评测，要等它做完……"
        : done < total ? `已做 ${done} 题，共 ${total} 题` : "正在算各项指标……";
      meter(summary, state, began, said);
    };
    const run = async () => {
      const runs = new FormData(form).getAll("run");
      if (!file) return show(plain("请先选择题集文件，再按“开始评测”；还没有题集，可以下载模板来填。"));
      if (!runs.length) return show(plain("还没有选检索方式，请至少选一种。"));
      const mine = ++turn;
      let content;
      try {
        content = await encoded(file);
      } catch {
        return show(notice(`读不了 ${file.name}，请重新选择；文件改动过的话也要重选。`));
      }
      busy(true);
      clear();
      const begun = await fetched(server, "start_evaluation", { name: file.name, content, runs });
      if (typeof begun === "string") return show(begun);
      if (mine !== turn) return server.cancel_evaluation(begun);
      running = begun.job;
      const began = Date.now();
      let state = { state: "running", done: 0, total: 0 };
      while (state.state === "running") {
        progress(state, began);
        state = await fetched(server, "evaluation_state", begun);
        if (mine !== turn) return;
      }
      running = null;
      if (state.state !== "done") {
        return show(typeof state === "string" ? state : state.html || notice("评测中途出错，请重试；仍不行，请把题集分成几份。"));
      }
      job = begun.job;
      show("");
      figures.innerHTML = state.figures;
      questions.innerHTML = state.questions;
      figures.querySelector("h2").focus({ preventScroll: true });
      figures.scrollIntoView({ block: "start" });
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    form.elements.file.addEventListener("change", (event) => {
      take(event.target.files[0]);
      event.target.value = "";
    });
    root.addEventListener("dragover", (event) => {
      event.preventDefault();
      form.classList.add("dropping");
    });
    root.addEventListener("dragleave", () => form.classList.remove("dropping"));
    root.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("dropping");
      take(event.dataTransfer.files[0]);
    });
    // A question is fetched when it is first opened. (toggle does not bubble.)
    questions.addEventListener("toggle", async (event) => {
      const { number } = event.target.dataset;
      const body = event.target.querySelector("[data-role=body]");
      if (!event.target.open || !body || body.dataset.done) return;
      body.innerHTML = await fetched(server, "open_question", { job, number });
      body.dataset.done = body.querySelector("[role=alert]") ? "" : "1";
    }, true);

    acting(root, {
      ...taking,
      cancel: () => {
        turn++;
        if (running) server.cancel_evaluation({ job: running }).catch(() => {});
        running = null;
        show(plain("已取消评测。"));
      },
      more: async (button) => {
        button.disabled = true;
        const html = await fetched(server, "more_questions", { job, start: button.dataset.start });
        const last = button.previousElementSibling;
        button.outerHTML = html;
        last.nextElementSibling?.querySelector("summary")?.focus();
      },
      template: async (button) => {
        const reply = await fetched(server, "question_template", { kind: button.dataset.kind });
        if (typeof reply === "string") return show(reply);
        save(reply);
        toast(`已下载：${reply.name}`);
      },
      download: async (button) => {
        button.disabled = true;
        const reply = await fetched(server, "download_evaluation", { job });
        button.disabled = false;
        if (typeof reply === "string") return show(reply);
        save(reply);
        toast(`已下载：${reply.name}`);
      },
    });
  };
})();
