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

  /* When dots are given: groups and single notes, the most dots first. */
  function ranked(state) {
    const dots = (id) => state.totals.get(id) || 0;
    const found = [];
    const members = new Map();
    for (const note of Stage.listedNotes()) {
      if (state.groups.has(note.group)) members.set(note.group, (members.get(note.group) || 0) + 1);
      else found.push({ text: note.text, category: note.category, dots: dots(note.id) });
    }
    for (const [id, count] of members) found.push({ text: state.groups.get(id) + " (" + QK.number(count) + ")", dots: dots(id) });
    found.sort((one, other) => other.dots - one.dots);
    const list = QK.node("ol", "latest", null, box);
    list.tabIndex = 0;
    for (const each of found.slice(0, MOST)) {
      const line = QK.node("li", "", null, list);
      QK.node("strong", "dots", Stage.word("dots", { count: QK.number(each.dots) }), line);
      if (each.category) picture(Stage.spec.categories.find((one) => one.id === each.category), line);
      QK.node("p", "", each.text, line).dir = "auto";
    }
  }

  /* How to join stands below the map, where there is room for it in one line. */
  function join(state) {
    const line = Stage.part("join");
    line.hidden = !state.code || (state.phase !== "collect" && state.phase !== "draft");
    if (line.hidden) return;
    const own = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname); // no phone gets there
    const address = location.host + location.pathname.replace(/\/stage\/.*$/, "");
    line.textContent = Stage.word(own ? "live_code" : "live_join", { code: state.code, address: address });
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
    if (state && state.away) QK.node("p", "away", Stage.word(state.away), box);
    if (state) join(state);
    QK.node("h2", "unseen", Stage.word("notes_count", { count: QK.number(Stage.notes.size) }), box);
    counts();
    if (state && (state.phase === "vote" || state.phase === "closed")) ranked(state);
    else latest();
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
