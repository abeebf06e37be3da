// Zoom and move the map. The drawing itself comes from the server and is swapped in anew while it is looked at.
(function () {
  "use strict";
  let view = null; // x, y, width, height; null: all of it
  let drag = null;

  const drawing = () => document.querySelector("svg.map");
  const whole = (svg) => svg.dataset.whole.split(" ").map(Number);

  function show(svg) {
    const all = whole(svg);
    const now = view || all;
    svg.setAttribute("viewBox", now.join(" "));
    svg.style.setProperty("--unit", String(now[2] / svg.clientWidth)); // names and marks keep their size
  }

  function zoom(svg, factor, atX, atY) {
    const all = whole(svg);
    const [x, y, width, height] = view || all;
    const to = Math.min(all[2], Math.max(all[2] / 40, width / factor));
    const ratio = to / width;
    view = to >= all[2] ? null : [x + (atX - x) * (1 - ratio), y + (atY - y) * (1 - ratio), to, height * ratio];
    show(svg);
  }

  function place(svg, event) {
    const box = svg.getScreenCTM().inverse();
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(box);
  }

  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-zoom]")?.dataset.zoom;
    const svg = drawing();
    if (!asked || !svg) return;
    if (asked === "all") { view = null; show(svg); return; }
    const [x, y, width, height] = view || whole(svg);
    zoom(svg, asked === "in" ? 1.5 : 1 / 1.5, x + width / 2, y + height / 2);
  });
  document.addEventListener("wheel", (event) => {
    const svg = event.target.closest?.("svg.map");
    if (!svg || !(event.ctrlKey || event.metaKey)) return; // the wheel alone scrolls the page
    event.preventDefault();
    const at = place(svg, event);
    zoom(svg, event.deltaY < 0 ? 1.2 : 1 / 1.2, at.x, at.y);
  }, { passive: false });
  document.addEventListener("pointerdown", (event) => {
    const svg = event.target.closest?.("svg.map");
    if (svg && view && !event.target.closest("a")) drag = { at: place(svg, event), svg };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag || !view) return;
    const now = place(drag.svg, event);
    view = [view[0] + drag.at.x - now.x, view[1] + drag.at.y - now.y, view[2], view[3]];
    show(drag.svg);
  });
  document.addEventListener("pointerup", () => { drag = null; });
  function again() { const svg = drawing(); if (svg) show(svg); }
  document.addEventListener("DOMContentLoaded", again);
  document.addEventListener("htmx:afterSwap", again);
  window.addEventListener("resize", again);
})();
