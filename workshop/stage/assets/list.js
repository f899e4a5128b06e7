/* Everything that the map shows, as lists that read well without it. */
(function () {
  "use strict";
  const QK = window.QK;
  const Stage = window.Stage;

  function contents() {
    return Stage.step().layers.map((digest) => window.QKLayers[digest]().wish.content());
  }

  function table(parent, title, heads, rows) {
    const found = QK.node("table", "", null, parent);
    QK.node("caption", "", title, found);
    const head = QK.node("tr", "", null, QK.node("thead", "", null, found));
    for (const text of heads) QK.node("th", "", text, head).scope = "col";
    const body = QK.node("tbody", "", null, found);
    for (const row of rows) {
      const line = QK.node("tr", "", null, body);
      row.forEach(function (text, i) {
        const cell = QK.node(i ? "td" : "th", "", text === null || text === undefined ? Stage.word("none_known") : text, line);
        if (!i) cell.scope = "row";
        cell.dir = "auto";
      });
    }
  }

  function points(parent, data) {
    const rows = data.title.map((title, i) => [
      title, data.symbols[data.symbol[i]].label, ...data.fields.values.map((column) => column[i]),
    ]);
    table(parent, Stage.word("list_places", { count: rows.length }), [Stage.word("name"), Stage.word("kind"), ...data.fields.labels], rows);
  }

  function areas(parent, data) {
    const names = QK.areas(data.url, data.level).names;
    const rows = data.ids.map((id, i) => [names.get(id), ...data.fields.values.map((column) => column[i])]);
    rows.sort((one, other) => String(one[0]).localeCompare(String(other[0]), Stage.spec.language));
    table(parent, Stage.word("list_areas"), [Stage.word("district"), ...data.fields.labels], rows);
  }

  Stage.openList = function () {
    const box = Stage.part("rows");
    const step = Stage.step();
    box.replaceChildren();
    QK.node("p", "", step.sentence, box).dir = "auto";
    for (const each of step.districts) {
      table(box, each.name, [Stage.word("fact"), Stage.word("value")], each.facts);
    }
    for (const data of contents().reverse()) {
      if (data.symbols) points(box, data);
      else if (data.ids && data.index) areas(box, data);
    }
    QK.node("h3", "", Stage.word("unknown"), box);
    const list = QK.node("ul", "", null, box);
    for (const text of step.unknown) QK.node("li", "", text, list);
    QK.node("h3", "", Stage.word("sources"), box);
    QK.node("p", "", step.all_sources.join(" · "), box);
    Stage.open("list");
    box.scrollTop = 0;
  };
})();
