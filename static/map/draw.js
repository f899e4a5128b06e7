/* Drawing an area: click or tap sets corners, corners can be dragged, moved with the arrow keys and taken away; the
   point in the middle of an edge becomes a corner. Every change is told to the page once it has come to rest. */
(function () {
  "use strict";
  const QK = window.QK;
  const REST_MS = 500;
  const STEP = 8;
  const FAR_STEP = 40;
  const MOVES = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  let reported = Date.now();

  QK.kinds.draw = function (map, key, data) {
    const layer = L.featureGroup();
    const own = { map: map, texts: data.texts, corners: data.corners.map((each) => L.latLng(each)), before: [], chosen: -1 };
    own.shape = L.polygon([], { pane: "qk-lines", interactive: false, className: "qk-drawn" }).addTo(layer);
    own.dots = L.layerGroup().addTo(layer);
    own.bar = toolbar(own);
    const click = (event) => change(own, () => own.corners.push(event.latlng), own.corners.length);
    layer.on("add", function () {
      map.qk.drawing = true;
      map.getContainer().classList.add("qk-drawing");
      map.doubleClickZoom.disable();
      map.on("click", click);
      own.bar.addTo(map);
      draw(own);
      if (data.moveView && own.corners.length > 1) {
        // No corner under the buttons; before the style sheet has come they are as wide as the map.
        const side = Math.min(own.bar.getContainer().offsetWidth + 24, 0.4 * map.getSize().x);
        map.fitBounds(own.shape.getBounds(), { paddingTopLeft: [60, 50], paddingBottomRight: [side, 60], maxZoom: 16 });
      }
    });
    layer.on("remove", function () {
      clearTimeout(own.waiting);
      map.off("click", click);
      own.bar.remove();
      map.doubleClickZoom.enable();
      map.getContainer().classList.remove("qk-drawing");
      map.qk.drawing = false;
    });
    return { layer: layer };
  };

  /* One change: kept for "undo", drawn, told. */
  function change(own, act, chosen) {
    own.before.push(own.corners.slice());
    act();
    own.chosen = chosen;
    draw(own);
    tell(own);
  }

  function draw(own) {
    own.shape.setLatLngs(own.corners);
    own.dots.clearLayers();
    own.corners.forEach((corner, i) => own.dots.addLayer(dot(own, corner, i)));
    if (own.corners.length > 1) {
      own.corners.forEach(function (corner, i) {
        if (own.corners.length > 2 || i === 0) own.dots.addLayer(middle(own, i));
      });
    }
    own.bar.update();
  }

  function icon(className, side) {
    return L.divIcon({ className: className, iconSize: [side, side] });
  }

  function dot(own, corner, i) {
    const marker = L.marker(corner, {
      icon: icon("qk-corner" + (i === own.chosen ? " qk-corner-chosen" : ""), 24), draggable: true, keyboard: true, zIndexOffset: 1000,
      autoPanOnFocus: false, // a press of the mouse gives focus too: the map must not move under a corner that is dragged
    });
    marker.on("add", function () {
      const node = marker.getElement();
      node.setAttribute("role", "button");
      node.setAttribute("aria-label", own.texts.corner.replace("{number}", i + 1).replace("{count}", own.corners.length));
      node.addEventListener("focus", function () {
        choose(own, i);
        if (node.matches(":focus-visible")) own.map.panInside(corner, { padding: [40, 40], animate: false });
      });
      node.addEventListener("keydown", (event) => keys(own, i, event));
    });
    marker.on("click", () => choose(own, i));
    marker.on("drag", () => own.shape.setLatLngs(own.corners.map((each, at) => (at === i ? marker.getLatLng() : each))));
    marker.on("dragend", () => change(own, () => { own.corners[i] = marker.getLatLng(); }, i));
    return marker;
  }

  function middle(own, i) {
    const next = own.corners[(i + 1) % own.corners.length];
    const points = [own.corners[i], next].map((each) => own.map.project(each));
    const spot = own.map.unproject(points[0].add(points[1]).divideBy(2));
    const marker = L.marker(spot, { icon: icon("qk-middle", 20), draggable: true, keyboard: false });
    const insert = () => change(own, () => own.corners.splice(i + 1, 0, marker.getLatLng()), i + 1);
    marker.on("click", insert);
    marker.on("dragend", insert);
    return marker;
  }

  function choose(own, i) {
    own.chosen = i;
    let at = 0;
    own.dots.eachLayer(function (marker) {
      const node = marker.getElement();
      if (node && node.classList.contains("qk-corner")) node.classList.toggle("qk-corner-chosen", at++ === i);
    });
    own.bar.update();
  }

  function keys(own, i, event) {
    const move = MOVES[event.key];
    if (move) {
      const far = event.shiftKey ? FAR_STEP : STEP;
      const point = own.map.latLngToLayerPoint(own.corners[i]).add([move[0] * far, move[1] * far]);
      change(own, () => { own.corners[i] = own.map.layerPointToLatLng(point); }, i);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      takeAway(own);
    } else {
      return;
    }
    L.DomEvent.stop(event);
    focus(own);
  }

  function focus(own) {
    const nodes = own.map.getContainer().querySelectorAll(".qk-corner");
    if (nodes[own.chosen]) nodes[own.chosen].focus({ preventScroll: true });
  }

  function takeAway(own) {
    const i = own.chosen;
    if (own.corners[i]) change(own, () => own.corners.splice(i, 1), Math.min(i, own.corners.length - 2));
  }

  function undo(own) {
    if (!own.before.length) return;
    own.corners = own.before.pop();
    own.chosen = -1;
    draw(own);
    tell(own);
  }

  function tell(own) {
    clearTimeout(own.waiting);
    own.waiting = setTimeout(function () {
      reported = Math.max(reported + 1, Date.now());
      const corners = own.corners.map((each) => [Number(each.lat.toFixed(6)), Number(each.lng.toFixed(6))]);
      window.Streamlit.setComponentValue({ drawing: { corners: corners, number: reported } });
    }, REST_MS);
  }

  /* Real buttons with words: all that the mouse can do is done here without one. */
  function toolbar(own) {
    const bar = new L.Control({ position: "topright" });
    const buttons = {};
    bar.onAdd = function () {
      const box = QK.node("div", "leaflet-bar qk-drawbar");
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      const acts = {
        middle: () => change(own, () => own.corners.push(own.map.getCenter()), own.corners.length),
        remove: () => takeAway(own),
        undo: () => undo(own),
        clear: () => change(own, () => { own.corners = []; }, -1),
      };
      for (const name in acts) {
        buttons[name] = QK.node("button", "", own.texts[name], box);
        buttons[name].type = "button";
        buttons[name].addEventListener("click", acts[name]);
      }
      buttons.middle.addEventListener("focus", () => own.map.getContainer().classList.add("qk-crosshair"));
      buttons.middle.addEventListener("blur", () => own.map.getContainer().classList.remove("qk-crosshair"));
      return box;
    };
    bar.update = function () {
      if (!buttons.remove) return;
      buttons.remove.disabled = !own.corners[own.chosen];
      buttons.undo.disabled = !own.before.length;
      buttons.clear.disabled = !own.corners.length;
    };
    return bar;
  }
})();
