/* A group of symbols: their number inside a ring that shows their colours. */
(function () {
  "use strict";
  const QK = window.QK;

  const GroupIcon = L.Icon.extend({
    createIcon: function () {
      const node = ring(this.options.count, this.options.parts, this.options.side);
      this._setIconStyles(node, "icon");
      return node;
    },
    createShadow: function () {
      return null;
    },
  });

  function ring(count, parts, side) {
    const node = QK.node("div", "");
    node.setAttribute("aria-label", QK.texts.group.replace("{count}", QK.number(count)));
    const half = side / 2;
    const r = half - 4.5;
    const length = 2 * Math.PI * r;
    const svg = QK.svg("svg", {
      width: side, height: side, viewBox: [-half, -half, side, side].join(" "), "aria-hidden": "true",
    }, node);
    QK.svg("circle", { r: half - 1, class: "qk-group-paper" }, svg);
    let start = 0;
    for (const [colour, number] of parts) {
      const share = (number / count) * length;
      QK.svg("circle", {
        r: r, fill: "none", stroke: colour, "stroke-width": 4, transform: "rotate(-90)",
        "stroke-dasharray": share + " " + (length - share), "stroke-dashoffset": -start,
      }, svg);
      start += share;
    }
    QK.svg("text", { dy: "0.36em", "text-anchor": "middle", class: "qk-group-number" }, svg).textContent =
      QK.number(count);
    return node;
  }

  QK.groupIcon = function (found, symbols) {
    const numbers = new Map();
    for (const marker of found.getAllChildMarkers()) {
      const colour = symbols[marker.kind].colour;
      numbers.set(colour, (numbers.get(colour) || 0) + 1);
    }
    const count = found.getChildCount();
    const side = count < 10 ? 34 : count < 100 ? 38 : count < 1000 ? 44 : 52;
    return new GroupIcon({
      count: count,
      parts: Array.from(numbers).sort((one, other) => other[1] - one[1]),
      side: side,
      iconSize: [side, side],
      className: "qk-group",
    });
  };
})();
