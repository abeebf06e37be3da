// Dark or light before anything is drawn: the choice kept in this browser, else what the system says.
(function () {
  "use strict";
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  function choice() {
    try { return localStorage.getItem("hanse-theme") || "system"; } catch { return "system"; }
  }
  function apply() {
    const chosen = choice();
    document.documentElement.dataset.bsTheme = chosen === "system" ? (dark.matches ? "dark" : "light") : chosen;
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === chosen));
    }
    document.dispatchEvent(new CustomEvent("hanse:theme"));
  }
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", apply);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    try { localStorage.setItem("hanse-theme", button.dataset.themeChoice); } catch { /* this browser keeps nothing */ }
    apply();
  });
})();
