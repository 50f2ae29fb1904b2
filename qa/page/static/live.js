// The library may change while the page is open: by a build beside it, by a command, in another window.
(() => {
  "use strict";
  const kit = window.fajuKit;
  const EVERY = 5000;
  const listeners = [];
  let seen = 0;

  // New filters, with what was chosen among the old ones.
  const narrowed = (grid, filters) => {
    const { doc, section } = Object.fromEntries([...grid.querySelectorAll("select")].map((one) => [one.name, one]));
    const checked = [...grid.querySelectorAll("input:checked")].map((one) => [one.name, one.value]);
    const fresh = document.createElement("div");
    fresh.innerHTML = filters;
    fresh.querySelector("[name=doc]").value = doc.value;
    if (fresh.querySelector("[name=doc]").value === doc.value) fresh.querySelector("[name=section]").replaceWith(section);
    fresh.querySelectorAll("input").forEach((one) => {
      one.checked = checked.some(([name, value]) => name === one.name && value === one.value);
    });
    grid.replaceWith(fresh.firstElementChild);
  };
  // What the other tabs show of the library is made when the page is served; it may have changed.
  const renew = ({ holdings, filters, documents }) => {
    const said = document.querySelector(".masthead .holdings");
    if (said) said.lastChild.textContent = holdings;
    const grid = document.querySelector(".faju-ask .filter-grid");
    if (grid) narrowed(grid, filters);
    const scope = document.querySelector(".faju-find select");
    if (!scope) return;
    const chosen = scope.value;
    scope.replaceChildren(scope.options[0], ...documents.map(([id, name]) => new Option(name, id)));
    scope.value = documents.some(([id]) => id === chosen) ? chosen : "";
  };

  // How far a build is that goes on beside the page.
  const filling = (words) => {
    const said = document.querySelector(".masthead .holdings");
    let box = said?.querySelector(".filling");
    if (said && words && !box) {
      box = document.createElement("span");
      box.className = "filling";
      box.setAttribute("role", "status");
      said.prepend(box);
    }
    if (box && box.textContent !== words) box.textContent = words;
  };

  // Whether the library is another than the one that was seen; what every tab shows of it is made new.
  kit.renewed = async (server) => {
    const state = await server.library_state({ seen }).catch(() => null);
    if (!state) return false;
    filling(state.filling);
    if (!state.holdings) return false;
    seen = state.changes;
    renew(state);
    return true;
  };
  kit.onRenewed = (listener) => listeners.push(listener);
  kit.renewing = (server) => {
    const look = async () => {
      if (!document.hidden && (await kit.renewed(server))) listeners.forEach((each) => each());
    };
    look();
    setInterval(look, EVERY);
  };
})();
