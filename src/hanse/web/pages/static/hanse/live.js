// Parts that refresh themselves ([data-live]) do not jump: what has not changed is not swapped; scroll, focus and open
// <details> stay; nothing refreshes while it is used, or while nobody looks.
(function () {
  "use strict";
  for (const form of document.querySelectorAll("[data-filters]")) form.classList.add("scripted"); // no button needed
  if (window.matchMedia("(max-width: 767.98px)").matches && !document.querySelector("[data-filters] .is-invalid")) {
    for (const fold of document.querySelectorAll(".filters-fold")) fold.open = false;
  }
  const last = new Map(); // id of the part -> the answer that was swapped in last
  let kept = null;

  function inUse(part) {
    const active = document.activeElement;
    const typing = active && part.contains(active) && active.matches("input, select, textarea");
    const selection = document.getSelection();
    const selecting = selection && !selection.isCollapsed && part.contains(selection.anchorNode);
    return typing || selecting || part.querySelector("details.menu[open], .dropdown-menu.show, dialog[open]") !== null
      || part.querySelector("input[type=checkbox]:checked:not([data-live-safe])") !== null;
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    const part = event.detail.elt;
    if (!part.matches("[data-live]") || event.detail.target !== part) return;
    if (document.hidden || inUse(part)) event.preventDefault();
  });

  function nameOf(element, part) { // leads back to the same element in the new part
    if (element.id) return `#${CSS.escape(element.id)}`;
    if (element.getAttribute("href")) return `a[href="${CSS.escape(element.getAttribute("href"))}"]`;
    if (element.dataset.copy) return `[data-copy="${CSS.escape(element.dataset.copy)}"]`;
    return null;
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target;
    const asked = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!part || !part.matches || !part.matches("[data-live]")) return;
    const answer = event.detail.xhr.responseText;
    const key = part.id + "|" + event.detail.requestConfig.path;
    if (asked === part && last.get(part.id) === key + answer) { event.detail.shouldSwap = false; return; }
    last.set(part.id, key + answer);
    const focused = part.contains(document.activeElement) ? nameOf(document.activeElement, part) : null;
    kept = {
      id: part.id,
      focused,
      open: asked === part ? [...part.querySelectorAll("details[open][id]")].map((one) => one.id) : [],
      scrolled: asked === part ? [...part.querySelectorAll("[id]")].filter((one) => one.scrollTop || one.scrollLeft)
        .map((one) => [one.id, one.scrollTop, one.scrollLeft]) : [],
      y: asked === part ? window.scrollY : null,
    };
  });

  document.addEventListener("htmx:afterSwap", () => {
    if (!kept) return;
    const part = document.getElementById(kept.id);
    for (const id of kept.open) document.getElementById(id)?.setAttribute("open", "");
    for (const [id, top, left] of kept.scrolled) document.getElementById(id)?.scrollTo(left, top);
    if (part && kept.focused) part.querySelector(kept.focused)?.focus({ preventScroll: true });
    if (kept.y !== null) window.scrollTo(window.scrollX, kept.y);
    kept = null;
  });

  // The button that was pressed is gone with the part that it stood in: whoever goes by keyboard goes on from there.
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    if (document.activeElement === document.body && part.matches("[data-refocus]")) part.focus({ preventScroll: true });
  });

  // What a server in front of ours says is no part of a page.
  const isOurs = (detail) => (detail.xhr.status < 500 && detail.xhr.status !== 404) || detail.xhr.getResponseHeader("HX-Retarget") !== null;
  document.addEventListener("htmx:beforeSwap", (event) => { if (!isOurs(event.detail)) event.detail.shouldSwap = false; });

  const stale = document.getElementById("stale");
  document.addEventListener("htmx:afterRequest", (event) => { if (stale && event.detail.successful) stale.hidden = true; });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(name, (event) => {
      if (stale && (name !== "htmx:responseError" || !isOurs(event.detail))) stale.hidden = false;
    });
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && window.htmx) {
      for (const part of document.querySelectorAll("[data-live]")) window.htmx.trigger(part, "refresh");
    }
  });
})();
