/* Keys of keyboard and presenter, buttons, full screen, quiet, dark. */
(function () {
  "use strict";
  const QK = window.QK;
  const Stage = window.Stage;
  const part = Stage.part;

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(() => {});
  }

  function quiet() {
    const on = document.body.classList.toggle("quiet");
    part("quiet").setAttribute("aria-pressed", String(on));
    Stage.say(Stage.word(on ? "quiet_on" : "quiet_off"));
    Stage.fit();
    Stage.shownMaps().forEach((map) => map.invalidateSize({ pan: false }));
  }

  function dark() {
    part("dark").hidden = !part("dark").hidden;
  }

  function zoom(by) {
    Stage.shownMaps().forEach((map) => map.setZoom(map.getZoom() + by, { animate: !Stage.still }));
  }

  function pan(x, y) {
    Stage.shownMaps().forEach((map) => map.panBy([x, y], { animate: !Stage.still }));
  }

  const next = () => Stage.go(Stage.at() + 1);
  const back = () => Stage.go(Stage.at() - 1);
  const KEYS = {
    ArrowRight: next, ArrowDown: next, PageDown: next, " ": next, Enter: next,
    ArrowLeft: back, ArrowUp: back, PageUp: back, Backspace: back,
    Home: () => Stage.go(0), End: () => Stage.go(Stage.spec.steps.length - 1),
    f: full, F5: full, q: quiet, b: dark, ".": dark, "0": Stage.frame,
    l: () => Stage.openList(), n: () => Stage.openNotes(), "?": () => open("help"), h: () => open("help"),
    g: () => Stage.toggleGrid(), t: () => Stage.toggleFeed(), "+": () => zoom(0.5), "-": () => zoom(-0.5),
  };
  const PANS = { ArrowRight: [120, 0], ArrowLeft: [-120, 0], ArrowUp: [0, -120], ArrowDown: [0, 120] };
  const HELP = [
    ["→  PageDown  ␣", "key_next"], ["←  PageUp", "key_back"], ["Home  End", "key_ends"], ["F  F5", "key_full"],
    ["Q", "key_quiet"], ["B  .", "key_dark"], ["L", "key_list"], ["N", "key_notes"], ["T", "key_feed"], ["G", "key_grid"],
    ["+  −", "key_zoom"], ["⇧ + ← ↑ → ↓", "key_pan"], ["0", "key_frame"], ["?  H", "key_help"], ["Esc", "key_close"],
  ];

  function open(id) {
    if (!part(id).open) part(id).showModal();
  }

  Stage.open = open;

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return;
    const target = event.target;
    if (target.closest("input, textarea, select, [contenteditable]")) return;
    if ((event.key === " " || event.key === "Enter") && target.closest("button, a, [role=button], .leaflet-marker-icon")) return;
    if (!part("dark").hidden && event.key !== "b" && event.key !== ".") dark();
    const way = event.shiftKey && PANS[event.key];
    const act = way ? () => pan(...way) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || (event.key === "F5" && event.shiftKey)) return;
    event.preventDefault();
    act();
  });

  for (const [keys, word] of HELP) {
    if (word === "key_grid" && !Stage.spec.grid) continue;
    QK.node("dt", "", keys, part("keys"));
    QK.node("dd", "", Stage.word(word), part("keys"));
  }
  part("back").addEventListener("click", back);
  part("next").addEventListener("click", next);
  part("full").addEventListener("click", full);
  part("quiet").addEventListener("click", quiet);
  part("dark").addEventListener("click", dark);
  part("open_help").addEventListener("click", () => open("help"));
  part("open_list").addEventListener("click", () => Stage.openList());
  part("open_notes").addEventListener("click", () => Stage.openNotes());
})();
