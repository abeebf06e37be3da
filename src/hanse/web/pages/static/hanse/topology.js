// The routers by site, joined by their links: cytoscape with fcose. The list beside it says the same to the keyboard.
(function () {
  "use strict";
  const LOOKS = { up: ["--hanse-good", "solid"], down: ["--hanse-bad", "dashed"], unknown: ["--hanse-unknown", "dotted"] };
  let graph = null;

  function style() {
    const colour = window.hanseColour;
    const condition = (element) => LOOKS[element.data("condition")] || ["--hanse-warning", "dashed"];
    return [
      { selector: "node[kind='router']", style: {
        label: "data(label)", "font-size": 12, color: colour("--tblr-body-color"), "text-valign": "bottom", "text-margin-y": 4,
        width: 26, height: 26, "border-width": 3, "background-color": colour("--tblr-bg-surface"),
        "border-color": (node) => colour(condition(node)[0]), "border-style": (node) => condition(node)[1] } },
      { selector: "node[kind='site']", style: {
        label: "data(label)", "font-size": 13, "font-weight": "bold", color: colour("--tblr-secondary-color"), shape: "round-rectangle",
        "background-color": colour("--tblr-bg-surface-secondary"), "border-color": colour("--tblr-border-color"), "border-width": 1,
        padding: 14, "text-valign": "top" } },
      { selector: "edge", style: {
        width: 3, "curve-style": "bezier", "line-color": (edge) => colour(condition(edge)[0]), "line-style": (edge) => condition(edge)[1] } },
      { selector: ".lit", style: { "overlay-color": colour("--hanse-focus"), "overlay-opacity": 0.25 } },
    ];
  }

  async function load(element) {
    const answer = await fetch(element.dataset.topology, { headers: { Accept: "application/json" } });
    return answer.ok ? (await answer.json()).elements : null;
  }

  async function draw(element) {
    const elements = await load(element);
    if (!elements) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    graph = window.cytoscape({
      container: element, elements, style: style(), minZoom: 0.1, maxZoom: 3,
      layout: { name: "fcose", randomize: true, animate: !calm && elements.length < 300, animationDuration: 400, nodeSeparation: 90,
        idealEdgeLength: 90, packComponents: true, quality: elements.length > 1500 ? "draft" : "default" },
    });
    graph.on("tap", "node[kind='router'], edge", (event) => { window.location.assign(event.target.data("href")); });
    graph.on("mouseover", "node[kind='router'], edge", (event) => event.target.addClass("lit"));
    graph.on("mouseout", "node, edge", (event) => event.target.removeClass("lit"));
  }

  async function refresh(element) { // conditions only: nothing moves
    if (document.hidden || !graph) return;
    const elements = await load(element);
    if (!elements) return;
    graph.batch(() => {
      for (const { data } of elements) {
        const there = graph.getElementById(data.id);
        if (there.nonempty() && there.data("condition") !== data.condition) there.data("condition", data.condition);
      }
    });
    graph.style(style());
  }

  document.addEventListener("DOMContentLoaded", () => {
    const element = document.querySelector("[data-topology]");
    if (!element) return;
    draw(element);
    setInterval(() => refresh(element), 10000);
    document.addEventListener("hanse:theme", () => graph?.style(style()));
    document.addEventListener("click", (event) => {
      const zoom = event.target.closest("[data-zoom]")?.dataset.zoom;
      if (!zoom || !graph) return;
      if (zoom === "all") graph.fit(undefined, 30);
      else graph.zoom({ level: graph.zoom() * (zoom === "in" ? 1.3 : 1 / 1.3), renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
    });
  });
})();
