/* Areas: invisible ones that can be clicked, filled ones, and the outline of the chosen one. */
(function () {
  "use strict";
  const QK = window.QK;

  /* Name (and lines) beside the pointer, outline under it, click to the page. */
  QK.areaEvents = function (map, path, level, id, name, fields, row) {
    path.on("mouseover", function (event) {
      if (map.qk.drawing) return;
      map.qk.hover.setLatLngs(path.getLatLngs()).addTo(map);
      QK.tip(map, event.latlng, QK.card(name, null, fields, row), { direction: "auto", offset: [14, 0] });
    });
    path.on("mousemove", (event) => QK.moveTip(map, event.latlng));
    path.on("mouseout", () => leave(map));
    path.on("remove", () => leave(map));
    path.on("click", (event) => map.qk.drawing || QK.report(map, level, id, event.latlng));
  };

  function leave(map) {
    QK.hideTip(map);
    map.qk.hover.remove();
  }

  QK.kinds.areas = function (map, key, data) {
    return data.outline === undefined ? filled(map, data) : outlined(map, data);
  };

  function filled(map, data) {
    const areas = QK.areas(data.url, data.level);
    const layer = L.featureGroup();
    data.ids.forEach(function (id, row) {
      const fill = data.fills.at(data.index[row]);
      const path = L.polygon(areas.latlngs.get(id), {
        pane: "qk-fill", stroke: true, color: fill[0], weight: 0.6, fillColor: QK.fill(map, fill),
        fillOpacity: 1, opacity: 1, className: "qk-area",
      });
      QK.areaEvents(map, path, data.level, id, areas.names.get(id), data.fields, row);
      layer.addLayer(path);
    });
    return { layer: layer, filled: true };
  }

  function outlined(map, data) {
    const latlngs = QK.areas(data.url, data.level).latlngs.get(data.outline);
    const line = (className) => L.polygon(latlngs, {
      pane: "qk-lines", interactive: false, fill: false, className: className,
    });
    const layer = L.featureGroup([line("qk-chosen-paper"), line("qk-chosen-ink")]);
    if (data.moveView) {
      layer.on("add", () => map.fitBounds(layer.getBounds(), { padding: [40, 40], maxZoom: 14 }));
    }
    return { layer: layer };
  }
})();
