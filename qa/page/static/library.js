// 文档库: what is held, read and removed; files put in, looked through, and taken in.
(() => {
  "use strict";
  const {
    acting, comparing, escaped, fetched, giving, meter, notice, onRenewed, part, placed, reading, renewed, runner, sent, toast, tooLarge,
  } = window.fajuKit;
  const FACTS = ["title", "issuer", "number", "published", "effective", "status"];
  const BROKEN = "中途出错，请重试；仍不行，请找管理这台电脑的人。";

  part("library", async (element, server) => {
    const root = element.querySelector(".faju-library");
    root.innerHTML = ["adding", "shelf", "comparing"].map((name) => `<div data-role="${name}"></div>`).join("");
    const role = (name) => root.querySelector(`[data-role=${name}]`);
    const shelf = role("shelf");
    let reader = { actions: {} };
    let items = [];
    const changing = runner(server, BROKEN);
    const readers = new Map(); // from the card of a file that is read to what reads it

    const show = async () => {
      const fresh = document.createElement("div");
      fresh.innerHTML = await fetched(server, "open_library", {});
      if (shelf.querySelector(".library") && fresh.querySelector(".library")) {
        reader.close(true);
        shelf.querySelector(".shelf").replaceWith(fresh.querySelector(".shelf"));
        shelf.querySelector(".cited")?.remove();
        shelf.append(...fresh.querySelectorAll(".cited"));
      } else {
        shelf.replaceChildren(...fresh.childNodes);
        if (!shelf.querySelector(".library")) return;
        reader = reading(root, server);
      }
      items = [...shelf.querySelectorAll(".documents > li")].map((item) => [
        item,
        item.textContent.replace(/[\s《》]/g, ""),
      ]);
    };
    const current = (button) => {
      shelf.querySelectorAll(".documents [aria-current]").forEach((other) => {
        other.removeAttribute("aria-current");
      });
      shelf
        .querySelector(`.documents [data-do=document][data-document="${CSS.escape(button.dataset.document)}"]`)
        ?.setAttribute("aria-current", "true");
    };
    shelf.addEventListener("input", (event) => {
      if (event.target.id !== "narrow") return;
      const words = event.target.value.replace(/[《》]/g, " ").split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [item, text] of items) {
        item.hidden = !words.every((word) => text.includes(word));
        shown += item.hidden ? 0 : 1;
      }
      shelf.querySelector("[data-role=count]").textContent = shown;
      shelf.querySelector("[data-role=empty]").hidden = shown > 0;
    });

    // One file: read beside the page, then shown as a card, or as why it cannot be.
    const cards = () => [...root.querySelectorAll(".reading[data-job]")];
    const settle = () => {
      const count = cards().length;
      role("confirm").hidden = !count;
      const button = role("confirm").querySelector("[data-do=accept]");
      button.disabled = !count || Boolean(changing.running()) || Boolean(root.querySelector(".reading.busy"));
      button.textContent = count ? `确认入库（${count} 份）` : "确认入库";
    };
    const failed = (place, file, html) => {
      place.classList.remove("busy");
      place.innerHTML = `<h3><span class="file-name">${escaped(file.name)}</span></h3>${html}`
        + '<button type="button" class="quiet" data-do="leave-out">知道了</button>';
    };
    const read = async (file) => {
      const place = document.createElement("article");
      place.className = "reading busy";
      role("readings").append(place);
      const why = tooLarge(role("drop"), file);
      if (why) return failed(place, file, notice(`${why}，请拆分后再入库。`));
      const one = runner(server, BROKEN);
      readers.set(place, one);
      const state = await one.run("read_document", sent(file), (now, began) => {
        if (!place.isConnected) return one.stop();
        const pages = now.total ? `，第 ${now.done} 页，共 ${now.total} 页` : "";
        meter(place, now, began, `正在读取 ${file.name}${pages}`);
      });
      readers.delete(place);
      if (!state || state.state === "cancelled") place.remove();
      else if (state.state === "done") place.outerHTML = state.html;
      else failed(place, file, state.html);
    };
    const take = async (files) => {
      role("change").innerHTML = "";
      const most = Number(role("drop").dataset.most);
      const room = most - root.querySelectorAll(".reading").length;
      if (files.length > room) {
        role("change").innerHTML = notice(`一次最多 ${most} 份，请分几次。`);
      }
      for (const file of files.slice(0, Math.max(0, room))) {
        await read(file);
        settle();
      }
      cards()[0]?.querySelector("input")?.focus();
    };

    // A change to the library: started, watched, and the shelf shown anew.
    const change = async (name, payload, doing) => {
      const box = role("change");
      const state = await changing.run(name, payload, (now, began) => {
        meter(box, now, began, now.total ? `${doing}：已算 ${now.done} 段，共 ${now.total} 段` : `${doing}……`);
        settle();
      });
      if (!state) return null;
      box.innerHTML = state.state === "cancelled" ? notice("已取消，文档库没有改动。") : state.html;
      if (state.state !== "refused") await Promise.all([show(), renewed(server)]);
      settle();
      return state;
    };
    const accept = async () => {
      const chosen = cards();
      const facts = (card) => FACTS.map((name) => [name, card.querySelector(`[name=${name}]`).value]);
      const given = chosen.map((card) => ({ job: card.dataset.job, ...Object.fromEntries(facts(card)) }));
      const state = await change("add_documents", { items: given }, "正在入库");
      if (state?.state !== "done") return;
      chosen.filter((card, number) => !state.faults.includes(number)).forEach((card) => card.remove());
      root.querySelectorAll(".reading[data-same]").forEach((card) => card.remove());
      settle();
      if (!state.faults.length) toast("已入库，可以查找和提问了。");
    };
    const busy = () => {
      if (changing.running()) toast("正在改动文档库，请等它完成。");
      return changing.running();
    };

    acting(root, {
      ...(await comparing(role("comparing"), server)),
      ...Object.fromEntries(["close", "section", "open", "refs", "whole"].map((name) => [
        name, (button) => reader.actions[name](button),
      ])),
      document: (button) => {
        current(button);
        return reader.actions.document(button);
      },
      follow: (button) => {
        current(button);
        return reader.actions.follow(button);
      },
      back: () => {
        reader.actions.back();
        current(root.querySelector(".reader .refs"));
      },
      accept,
      discard: () => {
        root.querySelectorAll(".reading").forEach((card) => card.remove());
        settle();
      },
      "leave-out": (button) => {
        button.closest(".reading").remove();
        settle();
      },
      cancel: (button) => (readers.get(button.closest(".reading")) || changing).cancel(),
      fetch: (button) => {
        if (busy()) return;
        role("change").scrollIntoView({ block: "center" });
        change("fetch_document", { title: button.dataset.title }, "正在从官方网址获取");
      },
      remove: (button) => {
        if (busy()) return;
        if (!confirm(`把${button.dataset.name}移出文档库吗？连同保存的原件一起删去。`)) return;
        change("remove_document", { document: button.dataset.document }, "正在移出");
      },
    });

    role("adding").innerHTML = await fetched(server, "document_form", {});
    placed(role("adding"));
    const drop = role("drop");
    if (drop) {
      giving(drop, take);
      root.classList.add("may-change");
    }
    await Promise.all([show(), renewed(server)]);
    // What is built or added beside the page joins it.
    onRenewed(() => changing.running() || show());
  });
})();
