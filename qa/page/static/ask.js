// 问答: a question in; the quoted answer, the passages and, where a model writes, its answer out.
(() => {
  "use strict";
  const {
    acting, busying, fetched, fitting, narrow, notice, openTab, part, plain, reading, remembering,
    returning, runner, sending, setAddress, submitting, taking, toast, wantedTab,
  } = window.fajuKit;
  const spoken = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
  const FILTERS = ["doc", "section", "kind", "status", "all"];

  part("ask", (element, server) => {
    const root = element.querySelector(".faju-ask");
    const form = root.querySelector("form");
    const box = form.elements.q;
    const results = root.querySelector("[data-role=results]");
    const chosen = root.querySelector("[data-role=chosen]");
    const reader = reading(root, server);
    const writing = runner(server, "成文中断了，请以原文摘录为准。");
    const grow = fitting(box, 180);
    const busy = busying(form, results, "查找中…");
    const guide = results.innerHTML;
    let turn = 0;
    let before = ""; // the question that is answered: a short one (女的呢) is read against it

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
    const address = (step = false) => {
      const given = new FormData(form);
      const values = FILTERS.flatMap((name) => given.getAll(name).map((value) => [name, value]));
      setAddress([["q", box.value.trim()], ...values], step);
    };
    const describe = () => {
      const { doc, section, kind, status, all } = filters();
      const name = doc ? form.elements.doc.selectedOptions[0].textContent : "";
      const words = [name, section, ...kind, ...status, all ? "含历史版本" : ""].filter(Boolean);
      chosen.textContent = words.length ? `已限定：${words.join(" · ")}` : "文件、章节、类型、效力";
      chosen.classList.toggle("set", words.length > 0);
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
    // The written answer grows under the quoted one until it ends or another question is asked.
    const written = async () => {
      const slot = results.querySelector("[data-writing]");
      if (!slot) return;
      const show = ({ html }) => {
        if (html) slot.innerHTML = html;
      };
      const state = await writing.follow(slot.dataset.writing, show);
      if (!state) return;
      show(state);
      slot.setAttribute("aria-busy", "false");
    };
    // ``step``: the question is a new one, not an old one that is shown again.
    const run = async (step = true, literal = false) => {
      const question = box.value.trim();
      reader.close(true);
      writing.stop();
      const mine = ++turn;
      if (!question) {
        busy(false);
        results.innerHTML = plain("请先写下要问的问题，再按“提问”；也可以点上面的例子。");
        address();
        box.focus();
        return;
      }
      busy(true);
      if (!results.querySelector(".hit")) {
        results.innerHTML = '<p class="waiting">正在文库里查找……</p>';
      }
      const against = literal || !step ? "" : before;
      const html = await fetched(server, "ask", { q: question, before: against, ...filters() });
      if (mine !== turn) return;
      results.innerHTML = html;
      busy(false);
      written();
      before = results.querySelector("[data-understood]")?.dataset.understood || question;
      if (before !== question) {
        box.value = before;
        grow();
      }
      address(step);
      asked.remember(before);
      root.classList.add("asked");
      if (narrow.matches) results.scrollIntoView({ block: "start" });
    };
    const again = () => box.value.trim() && root.classList.contains("asked") && run(false);
    const ask = (question, literal = false) => {
      box.value = question;
      grow();
      run(true, literal);
      results.scrollIntoView({ block: "nearest" });
    };
    const asked = remembering(root, ask);

    submitting(form, () => run());
    sending(box, true);
    form.addEventListener("change", async (event) => {
      if (event.target === box || event.target.closest("[data-role=history]")) return;
      if (event.target.name === "doc") await chapters();
      describe();
      again();
    });

    const toCard = (id) => {
      const card = root.querySelector(`#${id}`);
      if (!card) return;
      card.scrollIntoView({ block: "center", behavior: "smooth" });
      card.focus({ preventScroll: true });
    };
    acting(root, {
      ...reader.actions,
      ...taking,
      ...asked.actions,
      example: (button) => ask(button.textContent),
      literal: (button) => ask(button.dataset.question, true),
      clear: async () => {
        form.elements.doc.value = "";
        form.querySelectorAll("input[type=checkbox]").forEach((input) => (input.checked = false));
        await chapters();
        describe();
        if (!again()) address();
      },
      confirm: async (button) => {
        const { q, document: id, start } = button.dataset;
        button.disabled = true;
        const reply = await fetched(server, "confirm", { q, document: id, start });
        const kept = typeof reply !== "string";
        button.disabled = kept;
        if (kept) button.textContent = "已记下";
        toast(kept ? "已记下：以后这样问或问得相近，先找到这一段。" : spoken(reply));
      },
      cite: (link) => toCard(link.getAttribute("href").slice(1)),
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
      if (box.value.trim()) return run(false);
      results.innerHTML = guide;
      root.classList.remove("asked");
    };
    returning(() => {
      if (wantedTab() !== "原文查找") restore();
      openTab(wantedTab() || "问答");
    });
    if (wantedTab()) openTab(wantedTab());
    if (wantedTab() === "原文查找") return;
    restore();
    if (!wantedTab()) box.focus();
  });
})();
