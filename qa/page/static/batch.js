// 批量问答: questions go in, one a line or a file; a table of answers and files come out.
(() => {
  "use strict";
  const { parts, escaped, notice, fetched, toast, encoded, save, meter, taking, acting } = window.fajuKit;
  const LARGEST = 20 * 2 ** 20;

  const plain = (text) => `<p class="notice notice-plain" role="status">${escaped(text)}</p>`;

  parts.batch = (element, server) => {
    const root = element.querySelector(".faju-batch");
    const form = root.querySelector("form");
    const box = form.elements.batch;
    const submit = form.querySelector("[type=submit]");
    const role = (name) => root.querySelector(`[data-role=${name}]`);
    const [summary, table, label] = ["summary", "table", "file"].map(role);
    let file = null;
    let job = null; // the batch whose answers are shown
    let running = null;
    let turn = 0;

    const busy = (on) => {
      submit.disabled = on;
      submit.textContent = on ? "回答中…" : "全部提问";
      summary.setAttribute("aria-busy", String(on));
    };
    const show = (html) => {
      busy(false);
      summary.innerHTML = html;
    };
    const clear = () => {
      job = null;
      table.innerHTML = "";
      root.classList.remove("only-faults", "checked");
    };
    const name = () => {
      label.hidden = !file;
      box.hidden = Boolean(file);
      label.innerHTML = file
        ? `<span>${escaped(file.name)}</span><button type="button" class="quiet" data-do="drop">换成粘贴问题</button>`
        : "";
    };
    const take = (given) => {
      if (!given) return;
      if (given.size > LARGEST) return show(notice(`${given.name} 超过 20 MB，请拆成几个文件。`));
      file = given;
      name();
      run();
    };
    const stop = () => {
      turn++;
      if (running) server.cancel_batch({ job: running }).catch(() => {});
      running = null;
    };
    const run = async () => {
      stop();
      if (!file && !box.value.trim()) {
        clear();
        show(plain("请先写下问题，每行一个，或选择文件，再按“全部提问”。"));
        box.focus();
        return;
      }
      const mine = turn;
      busy(true);
      clear();
      let given = { text: box.value };
      if (file) {
        try {
          given = { name: file.name, content: await encoded(file) };
        } catch {
          return show(notice(`读不了 ${file.name}，请重新选择；文件改动过的话也要重选。`));
        }
      }
      const begun = await fetched(server, "start_batch", given);
      if (mine !== turn) return begun.job && server.cancel_batch(begun);
      if (typeof begun === "string") return show(begun);
      running = begun.job;
      const began = Date.now();
      let state = { state: "running", done: 0, total: 0 };
      while (state.state === "running") {
        const { done, total } = state;
        meter(summary, state, began, total ? `已答 ${done} 题，共 ${total} 题` : "正在准备；前面若有别的批次，要等它做完……");
        state = await fetched(server, "batch_state", begun);
        if (mine !== turn) return;
      }
      running = null;
      if (state.state !== "done") {
        return show(typeof state === "string" ? state : state.html || notice("回答中途出错，请重试；仍不行，请把问题分成几份。"));
      }
      job = begun.job;
      table.innerHTML = state.table;
      root.classList.add("checked");
      show(state.summary);
      summary.querySelector("h2").focus({ preventScroll: true });
      summary.scrollIntoView({ block: "start" });
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    form.elements.file.addEventListener("change", (event) => {
      take(event.target.files[0]);
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
      take(event.dataTransfer.files[0]);
    });
    root.addEventListener("change", (event) => {
      if (event.target.dataset.role !== "faults") return;
      root.classList.toggle("only-faults", event.target.checked);
      const none = !table.querySelector("tr[data-fault]");
      table.querySelector("[data-role=no-faults]").hidden = !(event.target.checked && none);
    });
    const fetchFile = async (call, payload, button) => {
      button.disabled = true;
      const reply = await fetched(server, call, payload);
      button.disabled = false;
      if (typeof reply === "string") return summary.insertAdjacentHTML("beforeend", reply);
      save(reply);
      toast(`已下载：${reply.name}`);
    };
    acting(root, {
      ...taking,
      drop: () => {
        stop();
        file = null;
        name();
        clear();
        show("");
        box.focus();
      },
      cancel: () => {
        stop();
        clear();
        show(plain("已取消，没有留下结果。"));
      },
      "all-rows": (button) => {
        table.querySelectorAll(".late").forEach((row) => row.classList.remove("late"));
        button.remove();
      },
      template: (button) => fetchFile("batch_template", {}, button),
      download: (button) => fetchFile("download_batch", { job, what: button.dataset.what }, button),
    });
  };
})();
