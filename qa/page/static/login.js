// The log-in page: name and password as JSON, then on to what was asked for.
(() => {
  "use strict";
  const form = document.querySelector("form");
  const problem = form.querySelector("[role=alert]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    problem.hidden = true;
    try {
      const reply = await fetch("/login", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(Object.fromEntries(new FormData(form))),
      });
      if (!reply.ok) {
        const json = (reply.headers.get("content-type") || "").includes("json");
        throw new Error(json ? (await reply.json()).error : await reply.text());
      }
      const next = new URLSearchParams(location.search).get("next") || "/";
      // Never to another server: "//name" and "/\\name" are that too.
      location.replace(/^\/(?![/\\])/.test(next) ? next : "/");
    } catch (fault) {
      problem.textContent = fault instanceof TypeError ? "服务器没有应答，请稍后再试。" : fault.message;
      problem.hidden = false;
      button.disabled = false;
      form.elements.password.select();
    }
  });
})();
