/* The notes: one list of them, told apart by id; whoever shows them listens for changes.
   In the file they are kept by the browser; on the server they come from the session. */
(function () {
  "use strict";
  const Stage = window.Stage;
  const spec = Stage.spec;
  const KEY = "quartierskarte-notes:" + spec.key;
  const FIELDS = ["id", "category", "text", "lon", "lat", "grid_code", "sticker", "created_at"];
  const LIMITS = { text: 500, grid_code: 20, sticker: 20, id: 64, created_at: 40 };
  const MOST = 5000;
  const notes = new Map();
  const listeners = [];
  let kept = true;

  Stage.notes = notes;
  Stage.noteFields = FIELDS;
  Stage.onNotes = (listener) => listeners.push(listener);

  /* Changed notes and ids of those that are gone; one change of the picture for all of them. */
  Stage.changeNotes = function (changed, gone) {
    for (const note of changed) notes.set(note.id, note);
    for (const id of gone || []) notes.delete(id);
    if (!spec.live) keep();
    listeners.forEach((listener) => listener());
  };

  /* A note as it may come from a file or the server; null for what is none. */
  Stage.readNote = function (raw) {
    if (raw === null || typeof raw !== "object" || !spec.categories.some((each) => each.id === raw.category)) return null;
    const note = { category: raw.category };
    for (const name in LIMITS) {
      const value = raw[name];
      note[name] = value === null || value === undefined ? "" : String(value).slice(0, LIMITS[name]);
    }
    if (!note.text.trim() || !note.id) return null;
    const placed = Number.isFinite(raw.lon) && Number.isFinite(raw.lat) && Math.abs(raw.lat) <= 85 && Math.abs(raw.lon) <= 180;
    note.lon = placed ? raw.lon : null;
    note.lat = placed ? raw.lat : null;
    return note;
  };

  function keep() {
    try {
      localStorage.setItem(KEY, JSON.stringify([...notes.values()]));
      kept = true;
    } catch (error) {
      kept = false; // no room, or a browser that keeps nothing: the page says so
    }
  }

  Stage.notesKept = () => kept;

  Stage.loadNotes = function () {
    if (spec.live) return;
    let rows = [];
    try {
      rows = JSON.parse(localStorage.getItem(KEY) || "[]");
    } catch (error) {
      kept = false;
    }
    const found = (Array.isArray(rows) ? rows : []).map(Stage.readNote).filter(Boolean).slice(0, MOST);
    if (found.length) Stage.changeNotes(found);
  };

  Stage.newId = function () {
    if (crypto.randomUUID) return crypto.randomUUID(); // not outside of secure contexts, and file: is none everywhere
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  function listed() {
    return [...notes.values()].sort((one, other) => (one.created_at < other.created_at ? -1 : 1));
  }

  Stage.listedNotes = listed;

  Stage.notesJson = function () {
    const rows = listed().map((note) => Object.fromEntries(FIELDS.map((name) => [name, note[name] === "" ? null : note[name]])));
    const head = { format: "quartierskarte-notes", version: 1, title: spec.title, grid: spec.grid ? spec.grid.key : null };
    return JSON.stringify(Object.assign(head, { notes: rows }), null, 1) + "\n";
  };

  /* A cell that a spreadsheet takes for text, never for a formula. */
  function cell(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
    return /[";\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  Stage.notesCsv = function () {
    const rows = [FIELDS, ...listed().map((note) => FIELDS.map((name) => note[name]))];
    return "\ufeff" + rows.map((row) => row.map(cell).join(";")).join("\r\n") + "\r\n";
  };

  /* Returns how many notes were taken; throws on a file of another kind. */
  Stage.openNotesFile = function (text) {
    const found = JSON.parse(text);
    if (!found || found.format !== "quartierskarte-notes" || !Array.isArray(found.notes)) throw new TypeError("no notes");
    const taken = found.notes.slice(0, MOST).map(Stage.readNote).filter(Boolean);
    Stage.changeNotes(taken);
    return taken.length;
  };
})();
