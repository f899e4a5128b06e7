/* The host's form: category, text, place by click or grid code, number of the sticker; the list of notes; files. */
(function () {
  "use strict";
  const QK = window.QK;
  const Stage = window.Stage;
  const part = Stage.part;
  const spec = Stage.spec;
  let spot = null;
  let edited = null;

  for (const [i, category] of spec.categories.entries()) {
    const label = QK.node("label", "", null, part("note_kind"));
    const input = QK.node("input", "", null, label);
    Object.assign(input, { type: "radio", name: "category", value: category.id, checked: i === 0 });
    const image = QK.node("img", "", null, label);
    image.alt = "";
    image.src = category.picture;
    QK.node("span", "", category.symbol.label, label);
  }

  function chosen() {
    return part("note_form").elements.category.value;
  }

  function where() {
    const typed = part("note_grid").value.trim();
    let text = "nowhere";
    if (typed && spec.grid && !Stage.placeOfCode(typed)) text = "code_unknown";
    else if (spot) text = "place_set";
    else if (typed && spec.grid) text = "code_set";
    part("note_where").textContent = Stage.word(text, { code: typed, last: spec.grid ? spec.grid.last : "" });
    part("note_grid").setAttribute("aria-invalid", String(text === "code_unknown"));
    return text !== "code_unknown";
  }

  function clear() {
    part("note_text").value = part("note_grid").value = part("note_sticker").value = "";
    spot = edited = null;
    part("note_cancel").hidden = true;
    where();
  }

  /* A place on the map wins over the middle of the cell. */
  function placed() {
    if (spot) return spot;
    const typed = part("note_grid").value.trim();
    const found = typed ? Stage.placeOfCode(typed) : null;
    return found ? found.lonlat : [null, null];
  }

  function save(event) {
    event.preventDefault();
    const text = part("note_text").value.trim();
    if (!text || !where()) return;
    const [lon, lat] = placed();
    const typed = part("note_grid").value.trim();
    const code = typed ? (Stage.placeOfCode(typed) || { code: typed }).code : lat === null ? "" : Stage.codeOfPlace(lon, lat);
    const note = Stage.readNote({
      id: edited ? edited.id : Stage.newId(), category: chosen(), text: text, lon: lon, lat: lat, grid_code: code,
      sticker: part("note_sticker").value.trim(), created_at: edited ? edited.created_at : new Date().toISOString(),
    });
    Stage.changeNotes([note]);
    Stage.say(Stage.word("note_saved"));
    clear();
    part("note_text").focus();
  }

  function edit(note) {
    edited = note;
    spot = note.lat === null ? null : [note.lon, note.lat];
    part("note_form").elements.category.value = note.category;
    part("note_text").value = note.text;
    part("note_grid").value = note.grid_code;
    part("note_sticker").value = note.sticker;
    part("note_cancel").hidden = false;
    where();
    part("note_text").focus();
  }

  function list() {
    const box = part("note_list");
    if (!part("notes").open) return;
    box.replaceChildren();
    for (const note of Stage.listedNotes().reverse()) {
      const line = QK.node("li", "", null, box);
      line.appendChild(Stage.noteCard(note));
      if (spec.live) continue;
      const tools = QK.node("div", "row", null, line);
      for (const [word, act] of [["note_edit", () => edit(note)], ["note_remove", () => Stage.changeNotes([], [note.id])]]) {
        const button = QK.node("button", "", Stage.word(word), tools);
        button.type = "button";
        button.addEventListener("click", act);
      }
    }
    part("notes_state").replaceChildren();
    const state = spec.live ? "notes_live" : Stage.notesKept() ? "notes_kept" : "notes_lost";
    QK.node("p", state, Stage.word(state, { count: QK.number(Stage.notes.size) }), part("notes_state"));
  }

  Stage.openNotes = function () {
    Stage.open("notes");
    list();
  };

  function pick(on) {
    part("picking").hidden = !on;
    document.body.classList.toggle("picks", on);
    Stage.shownMaps().forEach((map) => map[on ? "on" : "off"]("click", picked));
    if (on) part("notes").close();
    else Stage.openNotes();
  }

  function take(latlng) {
    spot = [Number(latlng.lng.toFixed(6)), Number(latlng.lat.toFixed(6))];
    part("note_grid").value = Stage.codeOfPlace(...spot);
    pick(false);
    where();
  }

  function picked(event) {
    take(event.latlng);
  }

  /* A click on a district is reported by the map's own scripts. */
  window.addEventListener("qk-click", function (event) {
    if (!part("picking").hidden) take({ lat: event.detail.lat, lng: event.detail.lon });
  });

  function download(name, type, text) {
    const link = QK.node("a");
    link.href = URL.createObjectURL(new Blob([text], { type: type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  const stamp = () => new Date().toISOString().slice(0, 10);
  part("note_form").addEventListener("submit", save);
  part("note_cancel").addEventListener("click", clear);
  part("note_place").addEventListener("click", () => pick(true));
  part("note_unpick").addEventListener("click", () => pick(false));
  part("note_grid").addEventListener("input", function () {
    spot = null;
    where();
  });
  part("save_json").addEventListener("click", () => download(`quartierskarte-notes-${stamp()}.json`, "application/json", Stage.notesJson()));
  part("save_csv").addEventListener("click", () => download(`quartierskarte-notes-${stamp()}.csv`, "text/csv", Stage.notesCsv()));
  part("open_json").addEventListener("change", async function (event) {
    const file = event.target.files[0];
    if (!file) return;
    try {
      if (file.size > 5e6) throw new RangeError("too large");
      Stage.say(Stage.word("notes_opened", { count: QK.number(Stage.openNotesFile(await file.text())) }));
    } catch (error) {
      Stage.say(Stage.word("notes_refused"));
    }
    event.target.value = "";
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !part("picking").hidden) pick(false);
  });
  if (!spec.grid) part("note_grid").closest("label").hidden = true;
  if (spec.live) {
    part("note_form").hidden = true;
    part("note_files").hidden = true;
  }
  Stage.onNotes(list);
  clear();
})();
