/* Zoom buttons, the way back to the whole city, scale bar in metres, credits. */
(function () {
  "use strict";
  const QK = window.QK;

  /* [south, west, north, east] → Leaflet's corners. */
  QK.box = function (bounds) {
    return [[bounds[0], bounds[1]], [bounds[2], bounds[3]]];
  };

  /* Room below for scale bar and credits. */
  QK.wholeCity = function (map, bounds, animate) {
    map.fitBounds(QK.box(bounds), { animate: animate, paddingTopLeft: [6, 6], paddingBottomRight: [6, 30] });
  };

  const WholeCity = L.Control.extend({
    options: { position: "topleft" },
    onAdd: function (map) {
      const bar = QK.node("div", "leaflet-bar");
      const button = QK.node("a", "qk-whole-city", null, bar);
      button.href = "#";
      button.title = QK.texts.whole_city;
      button.setAttribute("role", "button");
      button.setAttribute("aria-label", QK.texts.whole_city);
      const icon = QK.svg("svg", { viewBox: "0 0 24 24", width: 18, height: 18, "aria-hidden": "true" }, button);
      QK.svg("path", {
        d: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5", fill: "none", stroke: "currentColor", "stroke-width": 2.2,
      }, icon);
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(button, "click", function (event) {
        L.DomEvent.stop(event);
        QK.wholeCity(map, this.options.bounds, true);
      }, this);
      return bar;
    },
  });

  const Credits = L.Control.extend({
    options: { position: "bottomright" },
    initialize: function (own) {
      this._own = own;
    },
    onAdd: function () {
      this._box = QK.node("div", "leaflet-control-attribution qk-credits");
      this.show([]);
      return this._box;
    },
    /* Each credit once, those of the base map first. */
    show: function (credits) {
      const box = this._box;
      const seen = new Set();
      box.replaceChildren();
      for (const [text, address] of this._own.concat(credits)) {
        if (seen.has(text)) continue;
        if (seen.size) box.appendChild(document.createTextNode(" · "));
        seen.add(text);
        const safe = address && QK.webAddress(address);
        const part = safe ? QK.link(text, safe, box) : QK.node("span", "", text, box);
        part.dir = "auto";
      }
      box.hidden = !seen.size;
    },
  });

  QK.controls = function (map, spec) {
    L.control.zoom({ zoomInTitle: spec.texts.zoom_in, zoomOutTitle: spec.texts.zoom_out }).addTo(map);
    new WholeCity({ bounds: spec.bounds }).addTo(map);
    L.control.scale({ imperial: false, maxWidth: 120 * QK.scale }).addTo(map);
    const own = spec.attributions.slice();
    if (spec.tiles) {
      const [text, address] = spec.tiles.attribution;
      const now = new Date();
      const date = " (" + (now.getMonth() + 1) + "/" + now.getFullYear() + ")";
      own.unshift([spec.tiles.dated ? text + date : text, address]);
    }
    map.qk.credits = new Credits(own).addTo(map);
  };
})();
