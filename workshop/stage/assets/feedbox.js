/* Notes beside the map: how many of each category, and the latest ones in large letters. */
(function () {
  "use strict";
  const QK = window.QK;
  const Stage = window.Stage;
  const box = Stage.part("feed");
  const MOST = 40;

  function picture(category, parent) {
    const image = QK.node("img", "", null, parent);
    image.alt = "";
    image.src = category.picture;
  }

  function counts() {
    const list = QK.node("ul", "counts", null, box);
    for (const category of Stage.spec.categories) {
      const count = [...Stage.notes.values()].filter((note) => note.category === category.id).length;
      const line = QK.node("li", "", null, list);
      picture(category, line);
      QK.node("span", "", category.symbol.label + " " + QK.number(count), line);
    }
  }

  function latest() {
    const list = QK.node("ol", "latest", null, box);
    list.tabIndex = 0; // it can be scrolled
    for (const note of Stage.listedNotes().slice(-MOST).reverse()) {
      const line = QK.node("li", "", null, list);
      picture(Stage.spec.categories.find((each) => each.id === note.category), line);
      QK.node("p", "", note.text, line).dir = "auto";
    }
  }

  function show() {
    document.body.dataset.notes = Stage.notes.size;
    box.replaceChildren();
    const state = Stage.liveState && Stage.liveState();
    if (state && state.question) QK.node("p", "question", state.question, box).dir = "auto";
    QK.node("h2", "", Stage.word("notes_count", { count: QK.number(Stage.notes.size) }), box);
    counts();
    latest();
    if (state && state.away) QK.node("p", "away", Stage.word(state.away), box);
  }

  Stage.showFeed = show;

  Stage.toggleFeed = function (wanted) {
    const on = wanted === undefined ? box.hidden : wanted;
    box.hidden = !on;
    document.body.classList.toggle("feeding", on);
    Stage.fit();
  };

  let before = Stage.notes.size;
  Stage.onNotes(function () {
    if (!before && Stage.notes.size) Stage.toggleFeed(true); // the first one: people want to see it
    before = Stage.notes.size;
    requestAnimationFrame(show);
  });
  show();
})();
