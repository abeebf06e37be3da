// What every page can do: relative times, copy buttons, dialogs, keys. No eval, no inline styles.
(function () {
  "use strict";
  const UNITS = [[31536000, "y"], [86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];

  function ago(moment) {
    const seconds = Math.trunc((Date.now() - moment) / 1000);
    for (const [size, unit] of UNITS) {
      if (Math.abs(seconds) >= size) {
        const count = Math.floor(Math.abs(seconds) / size);
        return seconds > 0 ? `${count} ${unit} ago` : `in ${count} ${unit}`;
      }
    }
    return "now";
  }

  function tick() {
    for (const time of document.querySelectorAll("time[data-relative]")) {
      const text = ago(Date.parse(time.dateTime));
      if (time.textContent !== text) time.textContent = text;
    }
  }
  setInterval(tick, 1000);

  function tell(sentence) {
    const told = document.getElementById("told");
    if (told) told.textContent = sentence;
  }

  async function copy(button) {
    const from = button.dataset.copyFrom;
    const text = from === "next" ? button.closest("figure").querySelector("pre").textContent
      : from ? document.getElementById(from).textContent : button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no permission, or not over HTTPS
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "visually-hidden";
      (button.closest("dialog") || document.body).append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.classList.add("copied");
    tell("Copied");
    setTimeout(() => button.classList.remove("copied"), 1500);
  }

  function open(id) {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    dialog.showModal();
    const field = dialog.querySelector("input[type=search]");
    if (field) field.select();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-copy-from], [data-opens], [data-back]");
    if (button) {
      if ("back" in button.dataset) history.back();
      else if (button.dataset.opens) open(button.dataset.opens);
      else copy(button);
    }
    if (event.target instanceof HTMLDialogElement) event.target.close(); // beside its box
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // A question before what cannot be taken back lightly; without this script the form is simply sent.
  document.addEventListener("submit", (event) => {
    const ask = event.target.dataset.ask;
    if (ask && !window.confirm(ask)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  const isField = (element) => element.closest("input, select, textarea, [contenteditable=true]") !== null;
  let afterG = 0; // until when a letter after `g` leads somewhere

  function follow(key) {
    const link = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (link) window.location.assign(link.href);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      return;
    }
    if (isField(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "/") { event.preventDefault(); open("search-dialog"); }
    else if (event.key === "?") { event.preventDefault(); open("keys-dialog"); }
    else if (event.key === "g") afterG = Date.now() + 1500;
    else if (Date.now() < afterG) { afterG = 0; follow(event.key); }
  });

  // Up and down among what was found.
  document.addEventListener("keydown", (event) => {
    const dialog = event.target.closest("#search-dialog");
    if (!dialog || !["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) return;
    const links = [...dialog.querySelectorAll("#search-found a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Enter") {
      if (at < 0 && links.length && event.target.value) { event.preventDefault(); links[0].click(); }
      return;
    }
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) dialog.querySelector("input").focus();
    else if (links[next]) links[next].focus();
  });

  // Tabs that are links to parts of the page, remembered in the address.
  document.addEventListener("DOMContentLoaded", tick);
})();
