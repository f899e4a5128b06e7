/* Live: the notes of a running session. The page's address says which: #CODE, or #CODE/TOKEN for a host who has not been
   here yet; the token is handed in once, for a cookie that scripts cannot read, and taken out of the address. */
(function () {
  "use strict";
  const Stage = window.Stage;
  const EVERY_MS = 1000;
  const SLOWEST_MS = 5000;
  const state = { code: "", phase: "", totals: new Map(), groups: new Map(), away: "" };
  let since = 0;
  let pause = EVERY_MS;

  Stage.liveState = () => state;

  function named() {
    const found = /^#([0-9A-Za-z-]{4,20})(?:\/([0-9A-Za-z_.-]{10,400}))?$/.exec(location.hash);
    return found ? { code: found[1], token: found[2] || "" } : null;
  }

  const address = (code, path) => new URL("../" + encodeURIComponent(code) + "/" + path, location.href).href;

  async function enter(session) {
    const answer = await fetch(address(session.code, "api/host"), {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token: session.token }),
    });
    if (answer.ok) history.replaceState(null, "", "#" + session.code);
    return answer.ok;
  }

  function taken(feed) {
    since = feed.number;
    if (feed.same) return;
    state.code = String(feed.session.shown_code || "");
    state.phase = String(feed.session.phase || "");
    state.totals = new Map(Object.entries(feed.totals || {}));
    state.groups = new Map((feed.groups || []).map((group) => [group.id, String(group.title)]));
    const shown = [];
    const gone = feed.all ? [...Stage.notes.keys()] : [];
    for (const raw of feed.notes) {
      const note = raw.state === "shown" ? Stage.readNote(Object.assign({}, raw, { created_at: raw.at })) : null;
      if (note) shown.push(Object.assign(note, { group: raw.group || "" }));
      else gone.push(String(raw.id));
    }
    const kept = new Set(shown.map((note) => note.id));
    Stage.changeNotes(shown, gone.filter((id) => !kept.has(id)));
  }

  function away(word) {
    if (state.away === word) return;
    state.away = word;
    Stage.showFeed();
  }

  async function ask(session) {
    try {
      const answer = await fetch(address(session.code, "feed") + "?since=" + since, { cache: "no-store" });
      if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
        away("live_ended");
      } else if (answer.ok) {
        taken(await answer.json());
        away("");
        pause = EVERY_MS;
        return;
      } else {
        away("live_away");
      }
    } catch (error) {
      away("live_away");
    }
    pause = Math.min(SLOWEST_MS, pause * 1.5);
  }

  Stage.follow = async function () {
    const session = named();
    if (!session) return;
    Stage.toggleFeed(true);
    try {
      if (session.token) await enter(session);
    } catch (error) {
      away("live_away"); // the feed says whether the cookie is there
    }
    for (;;) {
      await ask(session);
      await new Promise((done) => setTimeout(done, pause));
    }
  };
})();
