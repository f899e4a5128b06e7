/* The steps: layers, view, legend, facts, sources. */
(function () {
  "use strict";
  const QK = window.QK;
  const Stage = window.Stage;
  const steps = Stage.spec.steps;
  const SAVED = [880, 620]; // size of the map on which views are saved
  const MOST_FACTS = 3; // below two maps; the others stand in the list
  let at = -1;

  const KEY = "quartierskarte-step:" + Stage.spec.key;
  Stage.lastStep = function () {
    try {
      return Number(sessionStorage.getItem(KEY)) || 0;
    } catch (error) {
      return 0;
    }
  };

  function remember() {
    try {
      sessionStorage.setItem(KEY, String(at));
    } catch (error) {
      return; // a browser that keeps nothing begins with the first step
    }
  }

  Stage.step = () => steps[at];
  Stage.at = () => at;

  Stage.map = function (name) {
    if (!Stage.maps[name]) {
      const map = (Stage.maps[name] = window.QKMaps[name]());
      map.keyboard.disable(); // the arrow keys belong to the steps
      map.stage = { drawn: [] };
      new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
      if (name === "b") map.qk.defs = Stage.maps.a.qk.defs;
      if (Stage.drawNotes) Stage.drawNotes(map);
    }
    return Stage.maps[name];
  };

  Stage.shownMaps = () => (document.body.classList.contains("two") ? [Stage.map("a"), Stage.map("b")] : [Stage.map("a")]);

  function draw(map, digests) {
    const before = map.stage.drawn;
    map.stage.drawn = digests.map((digest) => window.QKLayers[digest]());
    map.stage.drawn.forEach((layer) => map.addLayer(layer));
    before.forEach((layer) => map.removeLayer(layer));
  }

  function zoomFor(map, bounds) {
    return Math.min(14.5, map.getBoundsZoom(QK.box(bounds), false, L.point(24, 24 + 1.8 * Stage.unit())));
  }

  /* The middle of a district, moved up a little: its name stands above. */
  function centre(map, bounds, zoom) {
    const middle = map.project([(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2], zoom);
    return map.unproject(middle.subtract([0, 0.9 * Stage.unit()]), zoom);
  }

  Stage.frame = function () {
    const step = steps[at];
    const maps = Stage.shownMaps();
    const animate = { animate: false }; // a remote that is pressed twice must not end in the middle of a movement
    if (maps.length === 2) { // both at the same scale: sizes can be compared
      const zoom = Math.min(...maps.map((map, i) => zoomFor(map, step.districts[i].bounds)));
      maps.forEach((map, i) => map.setView(centre(map, step.districts[i].bounds, zoom), zoom, animate));
      return;
    }
    const map = maps[0];
    if (step.view) {
      const size = map.getSize();
      const more = Math.log2(Math.min(size.x / SAVED[0], size.y / SAVED[1]));
      map.setView(step.view.slice(0, 2), Math.round((step.view[2] + more) * 4) / 4, animate);
    } else if (step.districts.length) {
      const zoom = zoomFor(map, step.districts[0].bounds);
      map.setView(centre(map, step.districts[0].bounds, zoom), zoom, animate);
    } else {
      QK.wholeCity(map, Stage.spec.bounds, false);
    }
  };

  Stage.go = function (wanted) {
    const next = Math.max(0, Math.min(steps.length - 1, wanted));
    if (next === at) return;
    at = next;
    const step = steps[at];
    const two = step.districts.length === 2;
    document.body.classList.toggle("two", two);
    Stage.part("side_b").hidden = !two;
    Stage.part("sentence").textContent = step.sentence;
    Stage.part("counter").textContent = at + 1 + " / " + steps.length;
    Stage.part("counter").setAttribute("aria-label", Stage.word("counter", { step: at + 1, steps: steps.length }));
    Stage.part("back").disabled = at === 0;
    Stage.part("next").disabled = at === steps.length - 1;
    captions(step);
    facts(step);
    legends(step);
    Stage.part("unknown").querySelector("span").textContent = step.unknown.join(" ");
    Stage.part("sources").textContent = step.sources.join(" · ");
    Stage.fit();
    const shown = Stage.shownMaps();
    shown.forEach(function (map, i) {
      map.invalidateSize({ pan: false });
      draw(map, step.layers.concat(step.chosen.slice(i, i + 1)));
    });
    Stage.frame();
    document.body.dataset.step = at + 1;
    remember();
    Stage.say(Stage.word("counter", { step: at + 1, steps: steps.length }) + ": " + step.sentence);
  };

  function captions(step) {
    ["side_a", "side_b"].forEach(function (id, i) {
      const caption = Stage.part(id).querySelector("figcaption");
      caption.textContent = step.districts[i] ? step.districts[i].name : "";
      caption.hidden = !step.districts[i];
    });
  }

  /* One district: a list beside the map. Two: each value below its own map, the label between them. */
  function facts(step) {
    const box = Stage.part("facts");
    const beside = Stage.part("one");
    box.replaceChildren();
    beside.replaceChildren();
    const [one, other] = step.districts;
    if (!one || !one.facts.length) return;
    if (!other) {
      const list = QK.node("dl", "", null, beside);
      for (const [label, value] of one.facts) {
        const pair = QK.node("div", "", null, list);
        QK.node("dt", "", label, pair).dir = "auto";
        QK.node("dd", "", value, pair).dir = "auto";
      }
      return;
    }
    const table = QK.node("table", "", null, box);
    QK.node("caption", "", Stage.word("facts"), table);
    const columns = QK.node("colgroup", "", null, table);
    for (const part of ["side", "middle", "side"]) QK.node("col", part, null, columns);
    const head = QK.node("tr", "", null, QK.node("thead", "", null, table));
    for (const text of [one.name, Stage.word("fact"), other.name]) QK.node("th", "", text, head).scope = "col";
    const body = QK.node("tbody", "", null, table);
    one.facts.slice(0, MOST_FACTS).forEach(function ([label, value], i) {
      const row = QK.node("tr", "", null, body);
      QK.node("td", "", value, row).dir = "auto";
      const name = QK.node("th", "", label, row);
      name.scope = "row";
      name.dir = "auto";
      QK.node("td", "", other.facts[i] ? other.facts[i][1] : "", row).dir = "auto";
    });
  }

  function legends(step) {
    const box = Stage.part("legends");
    box.replaceChildren();
    for (const legend of step.legends) {
      const part = QK.node("section", "legend", null, box);
      if (legend.title) QK.node("h2", "", legend.title, part).dir = "auto";
      const list = QK.node("ul", "", null, part);
      for (const [picture, text] of legend.lines) {
        const line = QK.node("li", "", null, list);
        const image = QK.node("img", "", null, line);
        image.alt = "";
        image.src = picture;
        QK.node("span", "", text, line).dir = "auto";
      }
      if (!list.childNodes.length) list.remove();
    }
    if (!step.legends.length) QK.node("p", "", Stage.word("no_legend"), box);
  }

  /* What has no room is counted and stands in the list: letters never become smaller. */
  Stage.fit = function () {
    const box = Stage.part("legends");
    const more = box.querySelector(".more");
    if (more) more.remove();
    const lines = Array.from(box.querySelectorAll("li"));
    const facts = Array.from(Stage.part("one").querySelectorAll("div"));
    [...lines, ...facts, Stage.part("one")].forEach((line) => (line.hidden = false));
    const full = () => box.scrollHeight > box.clientHeight + 4; // lines have fractions of a pixel
    if (window.innerWidth <= 800 || !full()) return;
    while (full() && facts.length) facts.pop().hidden = true;
    Stage.part("one").hidden = !facts.length;
    if (!full()) return;
    const note = QK.node("p", "more", "", box);
    let hidden = 0;
    while (full() && hidden < lines.length) {
      hidden += 1;
      lines[lines.length - hidden].hidden = true;
      note.textContent = Stage.word("more", { count: hidden });
    }
  };

  new ResizeObserver(Stage.fit).observe(Stage.part("panel")); // what stands below may become longer

  let waiting = 0;
  window.addEventListener("resize", function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      Stage.fit();
      Stage.shownMaps().forEach((map) => map.invalidateSize({ pan: false }));
      Stage.frame();
    }, 120);
  });
})();
