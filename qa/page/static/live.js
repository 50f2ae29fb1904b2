// The library may change while the page is open: by a build beside it, by a command, in another window.
(() => {
  "use strict";
  const kit = window.fajuKit;
  const EVERY = 5000;
  const listeners = [];
  let seen = -1;

  // What the other tabs show of the library is made when the page is served; it may have changed.
  const renew = ({ holdings, filters, documents }) => {
    const said = document.querySelector(".masthead .holdings");
    if (said) said.lastChild.textContent = holdings;
    const grid = document.querySelector(".faju-ask .filter-grid");
    if (grid) grid.outerHTML = filters;
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
    const first = seen < 0;
    seen = state.changes;
    renew(state);
    return !first;
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
