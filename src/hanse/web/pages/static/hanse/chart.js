// A line chart of numbers over time, from the address that [data-chart] names: {names, columns: [seconds, ...]}.
(function () {
  "use strict";
  const LOOKS = [["--hanse-busy", []], ["--hanse-good", [8, 4]], ["--hanse-warning", [2, 3]]]; // never by colour alone
  const charts = new Map();

  function label(seconds) { // the hour, and the day where it begins
    const text = new Date(seconds * 1000).toISOString();
    return text.slice(11, 16) === "00:00" ? text.slice(5, 10) : text.slice(11, 16);
  }

  function options(element, names) {
    const ink = window.hanseColour("--tblr-body-color");
    const lines = window.hanseColour("--tblr-border-color");
    const axis = { stroke: ink, grid: { stroke: lines, width: 1 }, ticks: { stroke: lines, width: 1 } };
    return {
      width: element.clientWidth,
      height: 260,
      tzDate: (seconds) => window.uPlot.tzDate(new Date(seconds * 1000), "UTC"),
      series: [{ label: "UTC", value: (_plot, seconds) => (seconds == null ? "--" : new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")) }, ...names.map((name, at) => ({
        label: name, stroke: window.hanseColour(LOOKS[at % 3][0]), dash: LOOKS[at % 3][1], width: 2, paths: window.uPlot.paths.stepped({ align: 1 }),
      }))],
      axes: [{ ...axis, space: 70, values: (_plot, ticks) => ticks.map(label) }, { ...axis, size: 60 }],
      scales: { y: { range: (_plot, low, high) => [Math.min(0, low), Math.max(1, high * 1.1)] } },
    };
  }

  async function draw(element) {
    const answer = await fetch(element.dataset.chart, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { names, columns } = await answer.json();
    charts.get(element)?.destroy();
    element.replaceChildren();
    charts.set(element, new window.uPlot(options(element, names), columns, element));
  }

  function all() {
    for (const element of document.querySelectorAll("[data-chart]")) draw(element);
  }
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("hanse:theme", () => { if (charts.size) all(); });
  window.addEventListener("resize", () => {
    for (const [element, chart] of charts) chart.setSize({ width: element.clientWidth, height: 260 });
  });
})();
