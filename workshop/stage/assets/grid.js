/* The grid that is printed on the paper maps: lines and codes, and from a code to a place and back. */
(function () {
  "use strict";
  const QK = window.QK;
  const Stage = window.Stage;
  const grid = Stage.spec.grid;
  const layers = new Map();
  let shown = false;

  const cells = new Map((grid ? grid.cells : []).map(([code, lon, lat]) => [code, [lon, lat]]));

  function plain(code) {
    const text = code.normalize("NFKC").toUpperCase().replace(/[\s.,;:/_'"()[\]-]+/g, "").replace(/O/g, "0").replace(/I/g, "1");
    const found = /^([A-Z]{1,3})0*([1-9][0-9]{0,3})$/.exec(text);
    const turned = /^0*([1-9][0-9]{0,3})([A-Z]{1,3})$/.exec(text);
    return found ? found[1] + found[2] : turned ? turned[2] + turned[1] : "";
  }

  /* [lon, lat] and code of what people type, null for no code of this grid. */
  Stage.placeOfCode = function (typed) {
    const code = plain(typed);
    return cells.has(code) ? { code: code, lonlat: cells.get(code) } : null;
  };

  /* The nearest centre is the cell's own: squares. */
  Stage.codeOfPlace = function (lon, lat) {
    if (!grid) return "";
    const east = 111320 * Math.cos((lat * Math.PI) / 180);
    let best = "";
    let least = Infinity;
    for (const [code, [x, y]] of cells) {
      const distance = Math.hypot((x - lon) * east, (y - lat) * 111320);
      if (distance < least) [best, least] = [code, distance];
    }
    return least <= grid.side_m * 0.7072 ? best : "";
  };

  function made(map) {
    const lines = L.polyline(grid.lines.map((line) => line.map(([lon, lat]) => [lat, lon])), {
      className: "stage-grid", interactive: false, weight: 1.5,
    });
    const group = L.layerGroup([lines]);
    const names = L.layerGroup().addTo(group);
    const write = function () {
      names.clearLayers();
      const metres = (40075016.686 / 256) * Math.cos((map.getCenter().lat * Math.PI) / 180) / Math.pow(2, map.getZoom());
      const every = Math.ceil((2.4 * Stage.unit()) / (grid.side_m / metres)); // from afar only some of them
      const seen = map.getBounds().pad(0.05);
      for (const [i, [code, lon, lat]] of grid.cells.entries()) {
        if ((i % grid.columns) % every || Math.floor(i / grid.columns) % every || !seen.contains([lat, lon])) continue;
        const icon = L.divIcon({ className: "stage-code", html: QK.node("span", "", code), iconSize: [0, 0] });
        L.marker([lat, lon], { icon: icon, interactive: false, keyboard: false }).addTo(names);
      }
    };
    group.on("add", function () {
      map.on("moveend", write);
      write();
    });
    group.on("remove", () => map.off("moveend", write));
    return group;
  }

  Stage.toggleGrid = function () {
    if (!grid) return;
    shown = !shown;
    for (const map of Stage.shownMaps()) {
      if (!layers.has(map)) layers.set(map, made(map));
      if (shown) layers.get(map).addTo(map);
      else layers.get(map).remove();
    }
  };
})();
