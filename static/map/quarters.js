/* Own Quartiere: a dashed outline with a name; their geometry travels with the layer, it is small and changes. */
(function () {
  "use strict";
  const QK = window.QK;
  const PANE = "qk-quarters";

  QK.kinds.quarters = function (map, key, data) {
    if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = 430;
    const layer = L.featureGroup();
    data.ids.forEach(function (id, i) {
      const latlngs = QK.decodeArea(data.rings[i]);
      const path = L.polygon(latlngs, {
        pane: PANE, interactive: data.selectable, className: "qk-quarter" + (id === data.chosen ? " qk-quarter-chosen" : ""),
      });
      if (data.selectable) QK.areaEvents(map, path, "quarter", id, data.names[i], null, 0);
      layer.addLayer(path);
      if (!data.named) return;
      const name = QK.node("span", "", data.names[i]);
      name.dir = "auto";
      layer.addLayer(L.tooltip({
        permanent: true, direction: "center", className: "qk-quarter-name", opacity: 1, interactive: false,
      }).setLatLng([data.labels[i][1], data.labels[i][0]]).setContent(name));
    });
    if (data.moveView && data.ids.length) {
      layer.on("add", () => map.fitBounds(bounds(data), { padding: [40, 40], maxZoom: 15 }));
    }
    return { layer: layer };
  };

  function bounds(data) {
    const chosen = data.ids.indexOf(data.chosen);
    const wanted = chosen < 0 ? data.rings : [data.rings[chosen]];
    return L.latLngBounds(wanted.map((rings) => L.polygon(QK.decodeArea(rings)).getBounds()).reduce((all, one) => all.extend(one)));
  }
})();
