/* Names of areas where they fit: the roomiest first, none over another, none far outside its area. */
(function () {
  "use strict";
  const QK = window.QK;
  const GAP = 3;

  function metresPerPixel(map, lat) {
    return (40075016.686 / 256) * Math.cos((lat * Math.PI) / 180) / Math.pow(2, map.getZoom());
  }

  QK.labels = function (map, areas) {
    const pane = map.getPane("qk-labels");
    const box = QK.node("div", "qk-labels leaflet-zoom-hide", null, pane);
    box.setAttribute("aria-hidden", "true"); // the same names stand in the page's list
    const labels = areas.labels
      .map(function (place, i) {
        const node = QK.node("div", "qk-label", areas.names.get(areas.ids[i]), box);
        node.dir = "auto";
        return { lon: place[0], lat: place[1], radius: place[2], node: node };
      })
      .sort((one, other) => other.radius - one.radius);

    function arrange() {
      const taken = [];
      const sizes = labels.map((each) => [each.node.offsetWidth, each.node.offsetHeight]);
      labels.forEach(function (each, i) {
        const [width, height] = sizes[i];
        const point = map.latLngToLayerPoint([each.lat, each.lon]);
        const room = (2 * each.radius) / metresPerPixel(map, each.lat);
        const spot = {
          left: point.x - width / 2 - GAP, right: point.x + width / 2 + GAP,
          top: point.y - height / 2 - GAP, bottom: point.y + height / 2 + GAP,
        };
        const fits = width <= room * 1.25 && height <= room && !taken.some((other) => meet(spot, other));
        if (fits) taken.push(spot);
        each.node.classList.toggle("qk-shown", fits);
        QK.place(each.node, L.point(point.x - width / 2, point.y - height / 2).round());
      });
    }

    map.on("zoomend viewreset", arrange);
    new ResizeObserver(arrange).observe(labels[0].node); // style sheet and font may come later
    arrange();
  };

  function meet(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }
})();
