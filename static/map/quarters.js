/* Own Quartiere: a dashed outline with a name; their geometry travels with the layer, it is small and changes. */
(function () {
  "use strict";
  const QK = window.QK;
  const PANE = "qk-quarters";

  QK.kinds.quarters = function (map, key, data) {
    if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = 430;
    const layer = L.featureGroup();
    const names = [];
    data.ids.forEach(function (id, i) {
      const latlngs = QK.decodeArea(data.rings[i]);
      const line = (className) => L.polygon(latlngs, { pane: PANE, interactive: data.selectable, className: className });
      if (!data.filled) layer.addLayer(line("qk-quarter-paper"));
      const path = line((data.filled ? "qk-quarter" : "qk-quarter-line") + (id === data.chosen ? " qk-quarter-chosen" : ""));
      if (data.selectable) QK.areaEvents(map, path, "quarter", id, data.names[i], null, 0);
      layer.addLayer(path);
      if (!data.named) return;
      const name = QK.node("span", "qk-quarter-name", data.names[i]);
      name.dir = "auto";
      names.push(name);
      layer.addLayer(L.marker([data.labels[i][1], data.labels[i][0]], {
        icon: L.divIcon({ html: name, className: "qk-quarter-spot", iconSize: [0, 0] }), interactive: false, keyboard: false,
      }));
    });
    if (names.length > 1) tidy(map, layer, names);
    if (data.moveView && data.ids.length) {
      layer.on("add", () => map.fitBounds(bounds(data), { padding: [40, 40], maxZoom: 15 }));
    }
    return { layer: layer };
  };

  /* Names that would lie over another one are left out until there is room; the page's list has them all. */
  function tidy(map, layer, names) {
    const arrange = function () {
      const taken = [];
      for (const name of names) {
        const spot = name.getBoundingClientRect();
        const free = !taken.some((other) => spot.left < other.right && other.left < spot.right &&
          spot.top < other.bottom && other.top < spot.bottom);
        name.style.visibility = free ? "" : "hidden";
        if (free) taken.push(spot);
      }
    };
    const later = new ResizeObserver(arrange); // the style sheet may come after the names
    layer.on("add", function () {
      map.on("zoomend", arrange);
      later.observe(names[0]);
    });
    layer.on("remove", function () {
      map.off("zoomend", arrange);
      later.disconnect();
    });
  }

  function bounds(data) {
    const chosen = data.ids.indexOf(data.chosen);
    const wanted = chosen < 0 ? data.rings : [data.rings[chosen]];
    return L.latLngBounds(wanted.map((rings) => L.polygon(QK.decodeArea(rings)).getBounds()).reduce((all, one) => all.extend(one)));
  }
})();
