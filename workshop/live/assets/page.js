// The participants' page: what is to be seen in which phase, and what the buttons do.
"use strict";
(function (QKW) {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const words = QKW.words(data.texts), make = QKW.make, put = QKW.put;
  const call = QKW.caller(data.api), memory = QKW.memory(data.code);
  let place = null, map = null, more = 100, asked = null;

  memory.set("until", data.deletion_date);
  const outbox = QKW.outbox(memory, call, () => show());
  const ballot = QKW.ballot(memory, call, () => show());
  const feed = QKW.feed(call, (body) => {
    if (body) {
      ballot.all = body.session.dots;
      ballot.known(body.dots, body.left);
      outbox.list().forEach((note) => { if (feed.notes.has(note.id)) { outbox.told(note.id, "shown"); } });
      body.gone.forEach((id) => outbox.told(id, "held"));
      if (map) { map.draw(feed.list()); }
    }
    if (feed.joined && feed.online) { outbox.lost = false; outbox.pump(); ballot.pump(); }
    show();
  });

  function status() {
    const waiting = outbox.waiting().length;
    const dots = Object.keys(ballot.wanted()).length > 0;
    if (feed.gone) { return ["lost", "live.gone"]; }
    if (outbox.trouble === "slow" && waiting) { return ["waiting", "live.status.slow"]; }
    if (!feed.online && waiting) { return ["waiting", "live.status.waiting"]; }
    if (!feed.online && dots) { return ["waiting", "live.vote.waiting"]; }
    if (!feed.online) { return ["lost", "live.status.offline"]; }
    if (feed.joined === false && waiting) { return ["waiting", "live.status.join_again"]; }
    if (!memory.keeps()) { return ["waiting", "live.status.no_memory"]; }
    if (waiting || dots) { return ["waiting", "live.status.sending"]; }
    if (!feed.joined) { return ["", ""]; }
    if (outbox.refused().length) { return ["lost", "live.status.refused"]; }
    return at("text").value.trim() ? ["", "live.status.draft_kept"] : ["saved", "live.status.saved"];
  }

  function say() {
    const [kind, key] = status();
    const count = (key === "live.status.refused" ? outbox.refused() : outbox.waiting()).length;
    at("status").className = "status " + kind;
    put(at("status"), key ? words(key, { count }) : "");
  }

  function show() {
    const phase = feed.session ? feed.session.phase : data.phase;
    say();
    at("consent").hidden = feed.joined !== false || phase === "closed" || feed.gone;
    at("write").hidden = !(feed.joined || (feed.joined === null && memory.get("joined"))) || phase !== "collect" || feed.gone;
    at("vote").hidden = !feed.joined || phase !== "vote";
    at("over").hidden = phase !== "closed" || feed.gone;
    at("shown").hidden = !feed.joined || phase === "vote";
    at("about").hidden = !feed.joined;
    if (feed.session) {
      put(at("title"), feed.session.title);
      put(at("question"), feed.session.question);
    }
    own();
    if (!at("shown").hidden) { others(phase); }
    if (!at("vote").hidden) { dots(); }
    left();
  }

  function own() {
    const notes = outbox.list();
    at("own").hidden = !notes.length;
    QKW.fill(at("own_list"), notes, (note) => {
      const item = QKW.note(words, note);
      item.appendChild(make("p", { class: "state" }));
      item.appendChild(make("p", { class: "actions" }));
      return item;
    }, (item, note) => {
      const state = item.querySelector(".state");
      const text = note.state === "refused" ? words("live.own.refused", { reason: QKW.reason(words, note.reason || {}) }) : words("live.own." + note.state);
      put(state, text);
      state.className = "state " + (note.state === "refused" ? "bad" : note.state === "waiting" ? "" : "good");
      const buttons = note.state === "refused" ? ["edit", "discard"] : note.state !== "waiting" && feed.session && feed.session.phase === "collect" ? ["withdraw"] : [];
      const actions = item.querySelector(".actions");
      if (actions.dataset.has !== buttons.join()) {
        actions.dataset.has = buttons.join();
        actions.textContent = "";
        buttons.forEach((name) => {
          const button = make("button", { type: "button" }, words("live.own." + name));
          button.addEventListener("click", () => act(name, note.id));
          actions.appendChild(button);
        });
      }
    });
  }

  async function act(name, id) {
    const note = memory.get("note." + id);
    if (name === "withdraw") {
      const answer = await outbox.withdraw(id);
      put(at("status"), words(answer.ok ? "live.own.withdrawn" : "live.status.offline"));
      return;
    }
    outbox.discard(id);
    if (name === "edit" && note) {
      at("text").value = note.text;
      const chosen = document.querySelector("input[name=category][value=" + note.category + "]");
      if (chosen) { chosen.checked = true; }
      draft();
      at("text").focus();
    }
  }

  function others(phase) {
    const notes = feed.list();
    put(at("shown_count"), notes.length ? words("live.shown.count", { count: notes.length }) : words("live.shown.none"));
    QKW.fill(at("shown_list"), notes.slice(0, more).map((note) => ({ id: note.id + note.category + note.text, note })), (row) => QKW.note(words, row.note),
      (item, row) => {
        if (phase !== "closed") { return; }
        const state = item.querySelector(".state") || item.appendChild(make("p", { class: "state" }));
        const key = row.note.group || row.note.id;
        put(state, words("live.vote.dots", { count: feed.totals[key] || 0 }));
      });
    at("more").hidden = notes.length <= more;
  }

  function dots() {
    const notes = feed.list().slice().reverse();
    const grouped = (id) => notes.filter((note) => note.group === id);
    const rows = feed.groups.map((group) => ({ id: group.id, title: group.title, notes: grouped(group.id) }))
      .concat(notes.filter((note) => !note.group).map((note) => ({ id: note.id, title: note.text, note })));
    const free = ballot.free();
    put(at("dots_left"), words("live.vote.left", { left: Math.max(free, 0), all: ballot.all }) + (free <= 0 ? " " + words("live.vote.spent") : ""));
    QKW.fill(at("ballot"), rows, (row) => {
      const item = row.note ? QKW.note(words, row.note) : make("li", {}, make("h3", { dir: "auto" }, row.title), make("ul", {}));
      const name = row.title.slice(0, 80);
      const less = make("button", { type: "button", "aria-label": words("live.vote.less", { title: name }) }, "−");
      const plus = make("button", { type: "button", "aria-label": words("live.vote.more", { title: name }) }, "+");
      less.addEventListener("click", () => { if (ballot.of(row.id) > 0) { ballot.set(row.id, ballot.of(row.id) - 1); } });
      plus.addEventListener("click", () => { if (ballot.free() > 0) { ballot.set(row.id, ballot.of(row.id) + 1); } });
      item.appendChild(make("div", { class: "stepper" }, less, make("output", {}, "0"), plus));
      return item;
    }, (item, row) => {
      const given = ballot.of(row.id), buttons = item.querySelectorAll(".stepper button");
      put(item.querySelector("output"), String(given));
      buttons[0].setAttribute("aria-disabled", String(given <= 0));
      buttons[1].setAttribute("aria-disabled", String(free <= 0));
      if (row.notes) { QKW.fill(item.querySelector("ul"), row.notes, (note) => make("li", { dir: "auto" }, note.text)); }
    });
  }

  function left() { put(at("left"), words("live.note.left", { count: data.maximum - Array.from(at("text").value).length })); }

  function draft() {
    const category = document.querySelector("input[name=category]:checked");
    memory.set("draft", { text: at("text").value, category: category ? category.value : null, place });
    say();
    left();
  }

  function chose(found) {
    place = found && { lat: found.lat, lon: found.lon };
    put(at("chosen"), !found ? words("live.map.none") : found.district ? words("live.map.chosen", { district: found.district.name }) : words("live.map.outside"));
    draft();
  }

  async function openMap() {
    at("where").hidden = false;
    if (map) { map.size(); return; }
    if (asked) { return; }
    asked = call("map");
    const answer = await asked;
    try {
      if (!answer.ok) { throw new Error("no map"); }
      map = await QKW.map(at("map"), data.leaflet, answer.body, words, chose);
      map.districts.forEach((one) => at("jump").appendChild(make("option", { value: one.id }, one.name)));
      map.draw(feed.list());
      if (place) { map.show(place.lat, place.lon); } else { put(at("chosen"), words("live.map.none")); }
    } catch (error) {
      put(at("chosen"), words("live.map.failed"));
    }
    asked = null;
  }

  function noPlace() {
    place = null;
    at("where").hidden = true;
    if (map) { map.clear(); }
    document.querySelector("input[name=place][value=no]").checked = true;
  }

  at("agree").addEventListener("click", async () => {
    at("agree").disabled = true;
    const answer = await call("join", { consent: true });
    at("agree").disabled = false;
    if (answer.ok) {
      memory.set("joined", true);
      feed.joined = true;
      feed.now();
      outbox.pump();
      show();
      at("text").focus();
    } else { put(at("status"), words(answer.retry ? "live.status.offline" : "live.gone")); }
  });
  at("note").addEventListener("input", draft);
  at("note").addEventListener("change", (event) => {
    if (event.target.name === "place") {
      if (event.target.value === "yes") { openMap(); } else { noPlace(); }
    }
    if (event.target.id === "jump" && map) { map.jump(event.target.value); }
    draft();
  });
  at("centre").addEventListener("click", () => { if (map) { map.centre(); } });
  at("note").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = at("text").value.trim();
    const category = document.querySelector("input[name=category]:checked");
    put(at("problem"), !category ? words("live.note.no_category") : !text ? words("live.note.empty") : "");
    if (!category) { document.querySelector("input[name=category]").focus(); return; }
    if (!text) { at("text").focus(); return; }
    const given = place || { lon: null, lat: null };
    outbox.add({ category: category.value, text, lon: given.lon, lat: given.lat });
    at("text").value = "";
    noPlace();
    memory.remove("draft");
    show();
    at("text").focus();
  });
  at("more").addEventListener("click", () => { more += 200; show(); });
  at("facts").addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = { age_group: at("age").value || null, district_id: at("home").value || null, language: at("tongue").value || null };
    const answer = await call("facts", said);
    if (answer.ok) { memory.set("facts", said); }
    put(at("facts_status"), words(answer.ok ? "live.facts.kept" : "live.status.offline"));
  });
  at("leave").addEventListener("click", async () => {
    if (at("leave").dataset.sure !== "yes") {
      at("leave").dataset.sure = "yes";
      put(at("leave"), words("live.leave.sure"));
      return;
    }
    const answer = await call("leave", {});
    if (!answer.ok) { put(at("leave_status"), words("live.status.offline")); return; }
    memory.clear();
    location.reload();
  });

  (function start() {
    const kept = memory.get("draft");
    if (kept) {
      at("text").value = kept.text || "";
      const chosen = kept.category && document.querySelector("input[name=category][value=" + kept.category + "]");
      if (chosen) { chosen.checked = true; }
      if (kept.place) {
        place = kept.place;
        document.querySelector("input[name=place][value=yes]").checked = true;
        openMap();
      }
    }
    const facts = memory.get("facts") || {};
    at("age").value = facts.age_group || "";
    at("home").value = facts.district_id || "";
    at("tongue").value = facts.language || "";
    window.addEventListener("storage", () => show());
    window.addEventListener("online", () => outbox.pump());
    show();
    feed.poll();
    outbox.pump();
  })();
})(window.QKW);
