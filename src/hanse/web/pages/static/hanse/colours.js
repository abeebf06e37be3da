// Colours of the theme as a canvas understands them: CSS resolves them, they are drawn on one pixel and read back.
(function () {
  "use strict";
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const probe = document.createElement("span");
  probe.hidden = true;
  window.hanseColour = function (name) {
    if (!probe.isConnected) document.body.append(probe);
    probe.style.color = `var(${name}, gray)`;
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
    return `rgb(${red}, ${green}, ${blue})`;
  };
})();
