// 批量评测: a question set goes in; figures, charts and the questions one by one come out.
(() => {
  "use strict";
  const {
    acting, busying, download, fetched, givingOne, keeping, meter, naming, part, plain, runner, sent, submitting,
    taking,
  } = window.fajuKit;

  part("evaluate", (element, server) => {
    const root = element.querySelector(".faju-evaluate");
    const form = root.querySelector("form");
    const role = (name) => root.querySelector(`[data-role=${name}]`);
    const [summary, figures, questions, label] = ["summary", "figures", "questions", "file"].map(role);
    const busy = busying(form, summary, "评测中…");
    const evaluating = runner(server, "评测中途出错，请重试；仍不行，请把题集分成几份。");
    const kept = keeping("faju-evaluate"); // the job, for a page that is loaded again
    let file = null;
    let job = null; // the evaluation whose result is shown

    const show = (html) => {
      busy(false);
      summary.innerHTML = html;
    };
    const watch = (state, began) => {
      const { done, total } = state;
      const said = !total ? "正在准备；前面若有别的评测，要等它做完……"
        : done < total ? `已做 ${done} 题，共 ${total} 题` : "正在算各项指标……";
      meter(summary, state, began, said);
    };
    const run = async () => {
      const runs = new FormData(form).getAll("run");
      if (!file) return show(plain("请先选择题集文件，再按“开始评测”；还没有题集，可以下载模板来填。"));
      if (!runs.length) return show(plain("还没有选检索方式，请至少选一种。"));
      busy(true);
      figures.innerHTML = "";
      questions.innerHTML = "";
      const given = sent(file).then((content) => ({ ...content, runs }));
      shown(await evaluating.run("start_evaluation", given, watch, (begun) => {
        job = begun.job;
        kept(job);
      }));
    };
    const shown = (state) => {
      if (!state) return;
      if (state.state !== "done") {
        kept(null);
        return show(state.html);
      }
      show("");
      figures.innerHTML = state.figures;
      questions.innerHTML = state.questions;
      figures.querySelector("h2").focus({ preventScroll: true });
      figures.scrollIntoView({ block: "start" });
    };

    submitting(form, run);
    givingOne(form, "请拆成几个文件", show, (given) => {
      file = given;
      naming(label, file.name);
    }, root);
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
        evaluating.stop();
        kept(null);
        show(plain("已取消评测。"));
      },
      more: async (button) => {
        button.disabled = true;
        const html = await fetched(server, "more_questions", { job, start: button.dataset.start });
        const last = button.previousElementSibling;
        button.outerHTML = html;
        last.nextElementSibling?.querySelector("summary")?.focus();
      },
      template: (button) => download(server, "question_template", { kind: button.dataset.kind }, button, show),
      download: (button) => download(server, "download_evaluation", { job }, button, show),
    });

    job = kept();
    if (!job) return;
    busy(true);
    evaluating.follow(job, watch).then((state) => {
      if (state?.state !== "failed") return shown(state);
      kept(null);
      show("");
    });
  });
})();
