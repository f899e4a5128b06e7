/* Points: one table, symbols made from shared icons, grouped where they would overlap. */
(function () {
  "use strict";
  const QK = window.QK;
  const BOX = 36;
  const PAPER = "#ffffff";
  const INK = "#1d2b2f";

  /* A symbol's picture without its letter, as the address of an image: drawn once, sharp on fine screens too; a drawing
     of lines (SVG) would be rasterised for every marker. */
  const SHARP = 3;

  function picture(symbol, data, approximate) {
    const canvas = QK.node("canvas");
    const scale = (SHARP * data.size) / 28;
    canvas.width = canvas.height = Math.ceil(BOX * scale);
    const pen = canvas.getContext("2d");
    pen.scale(canvas.width / BOX, canvas.width / BOX);
    pen.translate(BOX / 2, BOX / 2);
    pen.lineJoin = "round";
    const draw = function (path, fill, stroke, width) {
      Object.assign(pen, { fillStyle: fill, strokeStyle: stroke, lineWidth: width });
      pen.fill(path);
      pen.stroke(path);
    };
    if (approximate) {
      const ring = new Path2D();
      ring.arc(0, 0, 16.6, 0, 2 * Math.PI);
      draw(ring, PAPER + "8c", PAPER, 2.6);
      pen.setLineDash([3.5, 2.6]);
      draw(ring, "transparent", INK, 1.5);
      pen.setLineDash([]);
    }
    const path = new Path2D(QK.shapes[symbol.shape].path);
    draw(path, PAPER, PAPER, 3.4);
    draw(path, data.outlined ? PAPER : symbol.colour, symbol.colour, data.outlined ? 2.4 : 0.8);
    return canvas.toDataURL();
  }

  /* Pictures live in a style sheet, once each: a marker is one element with a letter in it. */
  const sheet = new CSSStyleSheet();
  const names = new Map();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  function look(symbol, data, approximate) {
    const shape = QK.shapes[symbol.shape];
    const scale = data.size / 28;
    const size = scale * (symbol.letter.length > 1 ? shape.letter_size - 2 : shape.letter_size);
    const rule = "background-image:url('" + picture(symbol, data, approximate) + "');color:" +
      (data.outlined ? INK : symbol.ink) + ";font-size:" + size + "px;padding-top:" + 2 * scale * shape.letter_y + "px";
    if (!names.has(rule)) {
      names.set(rule, "qk-look-" + names.size);
      sheet.insertRule("." + names.get(rule) + "{" + rule + "}");
    }
    return names.get(rule);
  }

  const SymbolIcon = L.Icon.extend({
    createIcon: function () {
      const node = QK.node("div", "", this.options.letter);
      this._setIconStyles(node, "icon");
      return node;
    },
    createShadow: function () {
      return null;
    },
  });

  /* Symbols and groups: hundreds of elements, so flat. */
  L.Marker.include({
    _setPos: function (position) {
      QK.place(this._icon, position);
      this._zIndex = position.y + this.options.zIndexOffset;
      this._resetZIndex();
    },
  });

  /* A marker that knows its row and tells its name to screen readers. */
  const Place = L.Marker.extend({
    _initIcon: function () {
      L.Marker.prototype._initIcon.call(this);
      this._icon.setAttribute("aria-label", this.options.label(this.row));
    },
  });

  function icons(data) {
    const side = (data.size * BOX) / 28;
    return data.symbols.map(function (symbol) {
      return [false, true].map((approximate) => new SymbolIcon({
        letter: symbol.letter,
        iconSize: [side, side],
        className: "qk-symbol " + look(symbol, data, approximate) + (data.dotsBelow === null ? "" : " qk-dot"),
      }));
    });
  }

  /* For layers that change while they are shown, as the notes on the stage. */
  QK.symbolIcons = icons;
  QK.Place = Place;

  /* Pixels within which symbols are grouped, by zoom level. */
  function radius(data) {
    if (data.radius === "covering") return Math.round(data.size * 0.55);
    return (zoom) => Math.round(data.size * (zoom <= 12 ? 1.4 : zoom <= 14 ? 1.25 : 1.1));
  }

  function group(data, markers) {
    if (data.radius === "never") return L.featureGroup(markers);
    const cluster = L.markerClusterGroup({
      maxClusterRadius: radius(data), showCoverageOnHover: false, spiderfyDistanceMultiplier: 1.7,
      spiderLegPolylineOptions: { weight: 1.2, color: "#4a5a63", opacity: 0.8, interactive: false },
      animate: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
      iconCreateFunction: (found) => QK.groupIcon(found, data.symbols),
    });
    // On the map first: without one, each marker is searched for among all that wait.
    return cluster.once("add", () => cluster.addLayers(markers));
  }

  function pane(map, key, data) {
    if (data.radius !== "never") return "markerPane";
    const name = "qk-quiet-" + key;
    if (!map.getPane(name)) map.createPane(name).style.zIndex = 590;
    return name;
  }

  QK.kinds.points = function (map, key, given) {
    const data = Object.assign({}, given, { size: given.size * QK.scale });
    const approximate = new Set(data.approximate);
    const byId = new Map();
    const kinds = icons(data);
    const kindOf = function (i) {
      const name = data.symbols[data.symbol[i]].label;
      return approximate.has(i) ? name + ", " + QK.texts.approximate : name;
    };
    const options = { keyboard: data.focusable, pane: pane(map, key, data), label: (i) => data.title[i] + ", " + kindOf(i) };
    const markers = data.id.map(function (id, i) {
      const marker = new Place([data.lat[i], data.lon[i]], options);
      marker.options.icon = kinds[data.symbol[i]][approximate.has(i) ? 1 : 0];
      marker.row = i;
      marker.kind = data.symbol[i];
      byId.set(id, marker);
      return marker;
    });
    const layer = group(data, markers);
    const lift = -data.size / 2;
    const choose = function (marker, opener) {
      const i = marker.row;
      const content = QK.card(data.title[i], kindOf(i), data.fields, i);
      QK.popup(map, marker.getLatLng(), content, { key: key, id: data.id[i] }, opener, lift);
      QK.report(map, key, data.id[i], marker.getLatLng());
    };
    listen(map, layer, choose, (i) => QK.card(data.title[i], kindOf(i), null, i), lift);
    far(map, layer, options.pane, data.dotsBelow);
    return {
      layer: layer,
      shows: (id) => byId.has(id),
      focused: function () {
        const marker = markers.find((each) => each._icon && each._icon === document.activeElement);
        return marker ? data.id[marker.row] : null;
      },
      focus: function (id) {
        const marker = byId.get(id);
        if (marker && marker._icon) marker._icon.focus({ preventScroll: true });
      },
    };
  };

  function listen(map, layer, choose, card, lift) {
    layer.on("click", (event) => event.layer instanceof Place && choose(event.layer, null));
    layer.on("keydown", function (event) {
      const pressed = event.originalEvent;
      if (!(event.layer instanceof Place) || (pressed.key !== "Enter" && pressed.key !== " ")) return;
      L.DomEvent.stop(pressed);
      choose(event.layer, event.layer._icon);
    });
    layer.on("mouseover", function (event) {
      if (!(event.layer instanceof Place)) return;
      QK.tip(map, event.layer.getLatLng(), card(event.layer.row), { direction: "top", offset: [0, lift] });
    });
    layer.on("mouseout", () => QK.hideTip(map));
    layer.on("remove", () => QK.hideTip(map));
  }

  /* From afar a quiet point is only a dot. */
  function far(map, layer, paneName, below) {
    if (below === null) return;
    const names = map.getPane(paneName).classList;
    const update = function () {
      names.toggle("qk-far", map.getZoom() < below);
      names.toggle("qk-very-far", map.getZoom() < below - 2);
    };
    layer.on("add", () => map.on("zoomend", update));
    layer.on("remove", () => map.off("zoomend", update));
    update();
  }
})();
