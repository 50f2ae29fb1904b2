// Who is logged in, and the way out: only where the page is behind a log-in.
(() => {
  "use strict";
  const { part } = window.fajuKit;

  part("account", async (element) => {
    const bar = element.querySelector(".account");
    const reply = await fetch("/account");
    if (!reply.ok) return location.reload();
    const { name, role } = await reply.json();
    bar.querySelector("span").textContent = `${name}（${role}）`;
    bar.hidden = false;
    bar.querySelector("button").addEventListener("click", async () => {
      await fetch("/logout", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
      location.replace("/login");
    });
  });
})();
