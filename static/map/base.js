/* The base map: panes, background, boundaries, names, controls. Called once per frame. */
(function () {
  "use strict";
  const QK = window.QK;

  /* Bottom to top; Leaflet's own: tiles 200, overlays 400, markers 600, tooltips 650, popups 700. */
  const PANES = {
    "qk-streets": 250, "qk-ground": 400, "qk-fill": 410, "qk-grid": 420, "qk-lines": 450, "qk-labels": 460,
  };

  QK.base = function (map, spec) {
    Object.assign(QK, { texts: spec.texts, shapes: spec.shapes, patterns: spec.patterns });
    L.Icon.Default.imagePath = spec.images;
    document.documentElement.lang = spec.texts.language;
    prepare(map);
    QK.controls(map, spec);
    start(map, spec);
    if (spec.addressed) QK.address(map);
    if (spec.tiles) tiles(map, spec.tiles);
    const drawn = QK.load(spec.url).then((content) => boundaries(map, spec, content)).catch(complain);
    const seen = drawn.then(painted);
    if (spec.seen) seen.then(() => fetch(spec.seen, { method: "POST" })).catch(complain);
    if (spec.streets) {
      // Many and quiet: fetched at once, drawn after the districts have been seen.
      const lines = QK.load(spec.streets);
      seen.then(() => lines).then((content) => streets(map, content)).catch(complain);
    }
  };

  /* Resolves after the next picture; a hidden page draws none, so not without end. */
  function painted() {
    return new Promise(function (done) {
      requestAnimationFrame(() => setTimeout(done));
      setTimeout(done, 250);
    });
  }

  function complain(error) {
    console.error(error);
  }

  function prepare(map) {
    const container = map.getContainer();
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) map._zoomAnimated = map._fadeAnimated = false;
    container.classList.add("qk-map");
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", QK.texts.map);
    for (const name in PANES) {
      map.createPane(name).style.zIndex = PANES[name];
      if (name !== "qk-ground" && name !== "qk-fill") map.getPane(name).style.pointerEvents = "none";
    }
    const hidden = QK.svg("svg", { width: 0, height: 0, "aria-hidden": "true", style: "position:absolute" });
    container.appendChild(hidden);
    map.qk = { defs: QK.svg("defs", {}, hidden), wanted: new Map(), live: new Map(), planned: false, tip: null };
    map.on("zoomstart movestart", () => QK.hideTip(map));
    map.qk.hover = L.polygon([], { pane: "qk-lines", interactive: false, fill: false, className: "qk-hover" });
  }

  /* The whole city, or the given view; waits while the frame has no size yet (a hidden tab). */
  function start(map, spec) {
    const go = function () {
      if (!map.getSize().x) return map.once("resize", go);
      if (spec.start) map.setView([spec.start.lat, spec.start.lon], spec.start.zoom, { animate: false });
      else QK.wholeCity(map, spec.bounds, false);
    };
    go();
  }

  function tiles(map, spec) {
    L.tileLayer(spec.url, { maxZoom: map.getMaxZoom(), maxNativeZoom: spec.maxZoom }).addTo(map);
    map.getContainer().classList.add("qk-tiles");
  }

  /* All streets as one line on a canvas: thin from afar, wider when near; the colour follows the theme. */
  function streets(map, content) {
    const colour = () => getComputedStyle(map.getContainer()).getPropertyValue("--qk-street").trim() || "#d5d9da";
    const weight = function () {
      const zoom = map.getZoom();
      return zoom < 11.5 ? 0.5 : zoom < 13 ? 0.9 : zoom < 14 ? 1.4 : zoom < 15 ? 2.1 : zoom < 16 ? 3.2 : 5;
    };
    const layer = L.polyline(content.lines.map(QK.decode), {
      pane: "qk-streets", renderer: L.canvas({ pane: "qk-streets", padding: 0.25 }), interactive: false,
      color: colour(), weight: weight(), smoothFactor: 1,
    }).addTo(map);
    const restyle = function () {
      const wanted = { color: colour(), weight: weight() };
      if (layer.options.color !== wanted.color || layer.options.weight !== wanted.weight) layer.setStyle(wanted);
    };
    map.on("zoomend", restyle);
    let theme = "";
    window.Streamlit.events.addEventListener("streamlit:render", function (event) {
      const now = JSON.stringify(event.detail.theme);
      if (now !== theme) requestAnimationFrame(restyle);
      theme = now;
    });
    window.addEventListener("load", restyle, true); // the style sheet has come
  }

  function boundaries(map, spec, content) {
    const districts = QK.areas(spec.url, "district");
    const boroughs = QK.areas(spec.url, "borough");
    const still = (pane, className, fill) => ({ pane: pane, className: className, interactive: false, fill: fill });
    const [[south, west], [north, east]] = QK.box(spec.bounds);
    const world = [[south - 3, west - 5], [south - 3, east + 5], [north + 3, east + 5], [north + 3, west - 5]];
    const holes = QK.decodeArea(content.city).flat();
    L.polygon([world, ...holes], Object.assign(still("qk-ground", "qk-mask", true), { stroke: false })).addTo(map);
    for (const id of districts.ids) {
      const area = L.polygon(districts.latlngs.get(id), {
        pane: "qk-ground", className: "qk-hit", stroke: false, fillOpacity: 0,
      }).addTo(map);
      QK.areaEvents(map, area, "district", id, districts.names.get(id), null, 0);
      L.polygon(districts.latlngs.get(id), still("qk-lines", "qk-district", false)).addTo(map);
    }
    for (const id of boroughs.ids) {
      L.polygon(boroughs.latlngs.get(id), still("qk-lines", "qk-borough", false)).addTo(map);
    }
    QK.labels(map, districts);
    map.getContainer().dataset.districts = districts.ids.length;
  }
})();
