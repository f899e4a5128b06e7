/* Notes on the maps: what stays is left alone, new ones are added, so that a thousand more are one change of the picture. */
(function () {
  "use strict";
  const QK = window.QK;
  const Stage = window.Stage;
  const categories = Stage.spec.categories;
  const place = new Map(categories.map((each, i) => [each.id, i]));
  const SIZE = 30;

  function icons() {
    const data = { size: SIZE * QK.scale, outlined: false, dotsBelow: null, symbols: categories.map((each) => each.symbol) };
    return QK.symbolIcons(data).map((pair) => pair[0]);
  }

  Stage.drawNotes = function (map) {
    const symbols = categories.map((each) => each.symbol);
    const group = L.markerClusterGroup({
      maxClusterRadius: (zoom) => SIZE * QK.scale * (zoom <= 12 ? 1.3 : 0.9), showCoverageOnHover: false,
      spiderfyDistanceMultiplier: 1.4 * QK.scale, animate: false, chunkedLoading: false,
      spiderLegPolylineOptions: { weight: 1.5, color: "#4a5a63", opacity: 0.8, interactive: false },
      iconCreateFunction: (found) => QK.groupIcon(found, symbols),
    }).addTo(map);
    map.stage.notes = { group: group, shown: new Map(), icons: icons() };
    group.on("click", (event) => choose(map, event.layer, null));
    group.on("keydown", function (event) {
      const pressed = event.originalEvent;
      if (!event.layer.note || (pressed.key !== "Enter" && pressed.key !== " ")) return;
      L.DomEvent.stop(pressed);
      choose(map, event.layer, event.layer._icon);
    });
    update(map);
  };

  function choose(map, marker, opener) {
    if (!marker || !marker.note) return;
    QK.popup(map, marker.getLatLng(), Stage.noteCard(marker.note), { key: "notes", id: marker.note.id }, opener, -SIZE / 2);
  }

  Stage.noteCard = function (note) {
    const symbol = categories[place.get(note.category)].symbol;
    const marks = [note.sticker && Stage.word("sticker_is", { number: note.sticker }), note.grid_code];
    const card = QK.node("div", "qk-card");
    QK.node("p", "qk-subtitle", [symbol.label, ...marks.filter(Boolean)].join(" · "), card).dir = "auto";
    QK.node("p", "qk-title", note.text, card).dir = "auto";
    return card;
  };

  function marker(state, note) {
    const kind = place.get(note.category);
    const label = () => categories[kind].symbol.label + ": " + note.text;
    const made = new QK.Place([note.lat, note.lon], { keyboard: true, label: label, icon: state.icons[kind] });
    made.kind = kind;
    made.note = note;
    return made;
  }

  function same(one, other) {
    return one.lat === other.lat && one.lon === other.lon && one.category === other.category && one.text === other.text &&
      one.sticker === other.sticker && one.grid_code === other.grid_code;
  }

  function update(map) {
    const state = map.stage.notes;
    const gone = [];
    const fresh = [];
    for (const [id, old] of state.shown) {
      const now = Stage.notes.get(id);
      if (now && now.lat !== null && same(old.note, now)) continue;
      gone.push(old);
      state.shown.delete(id);
    }
    for (const note of Stage.notes.values()) {
      if (note.lat === null || state.shown.has(note.id)) continue;
      const made = marker(state, note);
      state.shown.set(note.id, made);
      fresh.push(made);
    }
    if (gone.length) state.group.removeLayers(gone);
    if (fresh.length) state.group.addLayers(fresh);
    map.getContainer().dataset.notes = state.shown.size;
  }

  Stage.onNotes(() => Object.values(Stage.maps).forEach(update));
})();
