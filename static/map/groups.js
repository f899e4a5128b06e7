/* A group of symbols: their number inside a ring that shows their colours. */
(function () {
  "use strict";
  const QK = window.QK;

  const GroupIcon = L.Icon.extend({
    createIcon: function () {
      const node = QK.node("div", "");
      const number = QK.number(this.options.count);
      node.setAttribute("aria-label", QK.texts.group.replace("{count}", number));
      QK.node("span", "", number, node);
      this._setIconStyles(node, "icon");
      node.style.background = this.options.ring;
      return node;
    },
    createShadow: function () {
      return null;
    },
  });

  /* [[colour, number], …] → a ring with one section per colour, the most frequent first. */
  function ring(parts, count) {
    let start = 0;
    const sections = parts.map(function ([colour, number]) {
      const section = colour + " " + start + "turn " + (start + number / count) + "turn";
      start += number / count;
      return section;
    });
    return "conic-gradient(" + sections.join(",") + ")";
  }

  QK.groupIcon = function (found, symbols) {
    const numbers = new Map();
    for (const marker of found.getAllChildMarkers()) {
      const colour = symbols[marker.kind].colour;
      numbers.set(colour, (numbers.get(colour) || 0) + 1);
    }
    const count = found.getChildCount();
    const side = QK.scale * (count < 10 ? 34 : count < 100 ? 38 : count < 1000 ? 44 : 54);
    const parts = Array.from(numbers).sort((one, other) => other[1] - one[1]);
    return new GroupIcon({ count: count, ring: ring(parts, count), iconSize: [side, side], className: "qk-group" });
  };
})();
