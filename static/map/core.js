/* The map's frame: names, small helpers, and the one way back to the page. */
(function () {
  "use strict";
  const QK = (window.QK = window.QK || {});
  const SVG = "http://www.w3.org/2000/svg";

  /* Makers of layers by kind, filled by points.js, areas.js and grid.js. */
  QK.kinds = {};
  QK.texts = {};
  QK.shapes = {};
  QK.patterns = {};
  /* Symbols, groups and scale bar are this many times as large: for people who sit far from the picture. */
  QK.scale = 1;

  QK.svg = function (tag, attributes, parent) {
    const node = document.createElementNS(SVG, tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]);
    if (parent) parent.appendChild(node);
    return node;
  };

  QK.node = function (tag, className, text, parent) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = text;
    if (parent) parent.appendChild(node);
    return node;
  };

  /* Put an element flat on the map's own layer: Leaflet's way gives each element a layer of the graphics memory. */
  QK.place = function (node, point) {
    node._leaflet_pos = point;
    node.style.transform = "translate(" + point.x + "px," + point.y + "px)";
  };

  /* The address if it is an absolute http or https one, else null. */
  QK.webAddress = function (text) {
    try {
      const url = new URL(text);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch (error) {
      return null;
    }
  };

  QK.link = function (text, address, parent) {
    const link = QK.node("a", "", text, parent);
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.setAttribute("aria-label", text + " (" + QK.texts.new_window + ")");
    return link;
  };

  let format = null;
  QK.number = function (value) {
    format = format || new Intl.NumberFormat(QK.texts.language);
    return format.format(value);
  };

  /* Tell the page what was chosen: exactly one message, so exactly one rerun. */
  let reported = Date.now();
  QK.report = function (map, layer, id, latlng) {
    const centre = map.getCenter();
    reported = Math.max(reported + 1, Date.now());
    window.Streamlit.setComponentValue({
      click: {
        layer: String(layer),
        id: String(id),
        lat: latlng.lat,
        lon: latlng.lng,
        viewLat: centre.lat,
        viewLon: centre.lng,
        zoom: map.getZoom(),
        number: reported,
      },
    });
  };

  /* A fill: its colour, or a pattern of the map's own (made once per pair of colours). */
  QK.fill = function (map, fill) {
    const [colour, pattern, ink] = fill;
    if (!pattern) return colour;
    const id = "qk-" + [pattern, colour, ink].join("-").replace(/#/g, "");
    if (!document.getElementById(id)) {
      const tile = QK.patterns[pattern];
      const node = QK.svg("pattern", {
        id: id, width: tile.size, height: tile.size, patternUnits: "userSpaceOnUse",
      }, map.qk.defs);
      QK.svg("rect", { width: tile.size, height: tile.size, fill: colour }, node);
      QK.svg("path", {
        d: tile.path, stroke: ink, "stroke-width": tile.width, "stroke-linecap": "round", fill: "none",
      }, node);
    }
    return "url(#" + id + ")";
  };
})();
