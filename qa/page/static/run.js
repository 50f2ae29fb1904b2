// Long work on the server: begun, watched, cancelled.
(() => {
  "use strict";
  const kit = window.fajuKit;

  // How far some work is: its place in the line, or ``said`` and how long it may take, a bar, and a button to stop it.
  kit.meter = (box, { done, total, waiting }, began, said) => {
    const left = done && Math.round((((Date.now() - began) / done) * (total - done)) / 1000);
    const rest = left > 90 ? `，约还需 ${Math.round(left / 60)} 分钟` : left > 2 ? `，约还需 ${left} 秒` : "";
    if (!box.querySelector("progress")) {
      box.innerHTML = '<div class="progress"><label><span></span><progress></progress></label>'
        + '<button type="button" data-do="cancel">取消</button></div>';
    }
    box.querySelector(".progress span").textContent = waiting ? `正在排队：${waiting}` : said + rest;
    if (total) Object.assign(box.querySelector("progress"), { max: total, value: done });
  };

  // One piece of work at a time: a newer one takes the place of an older. ``broken`` is what is said
  // where it ends without a word. ``run`` and ``follow`` give the last state: "done", or another with
  // ``html`` that says why; null when nobody waits any more. ``making`` is what the call is given, or
  // a promise of it; ``watch`` sees each state on the way, ``begun`` what the call gives back.
  kit.runner = (server, broken) => {
    let turn = 0;
    let job = null;
    const cancel = () => job && server.cancel_job({ job }).catch(() => {});
    const stop = () => {
      turn += 1;
      cancel();
      job = null;
    };
    const follow = async (name, watch) => {
      const mine = turn;
      const began = Date.now();
      job = name;
      let state = { state: "running", done: 0, total: 0 };
      while (state.state === "running") {
        watch(state, began);
        state = await kit.fetched(server, "job_state", { job: name });
        if (mine !== turn) return null;
        if (typeof state === "string") state = { state: "failed", html: state };
      }
      job = null;
      return state.state === "done" ? state : { html: kit.notice(broken), ...state };
    };
    const run = async (call, making, watch, begun = () => {}) => {
      stop();
      const mine = turn;
      let payload;
      try {
        payload = await making;
      } catch (problem) {
        return mine === turn ? { state: "refused", html: kit.notice(problem.message) } : null;
      }
      if (mine !== turn) return null;
      const reply = await kit.fetched(server, call, payload);
      if (mine !== turn) {
        if (reply.job) server.cancel_job({ job: reply.job }).catch(() => {});
        return null;
      }
      if (typeof reply === "string") return { state: "refused", html: reply };
      begun(reply);
      return follow(reply.job, watch);
    };
    return { cancel, follow, run, running: () => job, stop };
  };
})();
