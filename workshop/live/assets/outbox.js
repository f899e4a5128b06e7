// Notes on their way: kept here before they are sent, sent until the server says yes or no, once each (same identifier).
"use strict";
(function (QKW) {
  // state: waiting → held | shown (stored) or refused; withdrawn
  QKW.outbox = function (memory, call, changed) {
    let busy = false, again = false, timer = 0, tries = 0;
    const self = { trouble: "", lost: false };

    function name(id) { return "note." + id; }

    self.list = () => memory.names("note.").map((key) => memory.get(key)).filter((note) => note && note.id)
      .sort((one, other) => other.at - one.at);
    self.refused = () => self.list().filter((note) => note.state === "refused");
    self.waiting = () => self.list().filter((note) => note.state === "waiting");

    function put(note) {
      memory.set(name(note.id), note);
      changed();
    }

    self.add = function (said) {
      put(Object.assign({ id: QKW.uuid(), at: Date.now(), state: "waiting", reason: null }, said));
      self.pump();
    };
    self.discard = function (id) { memory.remove(name(id)); changed(); };
    self.told = function (id, state) { // what the feed says about an own note
      const note = memory.get(name(id));
      if (note && note.state !== state && (note.state === "held" || note.state === "shown")) { put(Object.assign(note, { state })); }
    };

    function later(wait) {
      clearTimeout(timer);
      timer = setTimeout(self.pump, QKW.pause(tries, wait));
      tries = Math.min(tries + 1, 5);
      changed();
    }

    async function send(note) {
      const said = { id: note.id, category: note.category, text: note.text, lon: note.lon, lat: note.lat };
      const answer = await call("notes", said);
      const now = memory.get(name(note.id));
      if (answer.ok) {
        self.trouble = "";
        tries = 0;
        put(Object.assign(now || note, { state: answer.body.state, reason: null }));
        return true;
      }
      if (answer.retry || answer.status === 401) {
        self.trouble = answer.status === 401 ? "lost" : answer.status === 429 ? "slow" : "offline";
        self.lost = answer.status === 401;
        if (!self.lost) { later(answer.wait); } else { changed(); }
        return false;
      }
      put(Object.assign(now || note, { state: "refused", reason: answer.body }));
      return true;
    }

    self.pump = async function () {
      if (busy) { again = true; return; }
      busy = true;
      try {
        const notes = self.waiting().sort((one, other) => one.at - other.at);
        for (const note of notes) {
          if (!await send(note)) { break; }
        }
      } finally {
        busy = false;
        changed();
        if (again) { again = false; self.pump(); }
      }
    };

    self.withdraw = async function (id) {
      const answer = await call("withdraw", { id });
      const note = memory.get(name(id));
      if (answer.ok && note) { memory.remove(name(id)); }
      changed();
      return answer;
    };
    return self;
  };

  // Dots that are wanted; what is wanted last is sent until the server has answered.
  QKW.ballot = function (memory, call, changed) {
    let busy = false, timer = 0, tries = 0;
    const self = { dots: {}, left: 0, all: 0, trouble: "" };
    self.wanted = () => memory.get("wanted") || {};
    self.of = (id) => (id in self.wanted() ? self.wanted()[id] : self.dots[id] || 0);
    self.free = function () {
      const ids = new Set(Object.keys(self.dots).concat(Object.keys(self.wanted())));
      return self.all - Array.from(ids).reduce((sum, id) => sum + self.of(id), 0);
    };
    self.set = function (id, dots) {
      memory.set("wanted", Object.assign(self.wanted(), { [id]: dots }));
      changed();
      self.pump();
    };
    self.known = function (dots, left) {
      Object.assign(self, { dots, left });
      changed();
    };
    function settle(id, sent) {
      const wanted = self.wanted();
      if (wanted[id] === sent) { delete wanted[id]; memory.set("wanted", wanted); }
    }
    self.pump = async function () {
      if (busy) { return; }
      busy = true;
      clearTimeout(timer);
      try {
        // Dots that are taken away go first: others may need them.
        const open = () => Object.keys(self.wanted()).sort((one, other) => (self.wanted()[one] - (self.dots[one] || 0)) - (self.wanted()[other] - (self.dots[other] || 0)));
        for (let ids = open(); ids.length; ids = open()) {
          const id = ids[0], sent = self.wanted()[id];
          const answer = await call("votes", { target: id, dots: sent });
          if (answer.retry) {
            self.trouble = "offline";
            timer = setTimeout(self.pump, QKW.pause(tries, answer.wait));
            tries = Math.min(tries + 1, 5);
            break;
          }
          self.trouble = answer.ok ? "" : "refused";
          tries = 0;
          settle(id, sent);
          if (answer.ok) { Object.assign(self, { dots: answer.body.dots, left: answer.body.left }); }
        }
      } finally {
        busy = false;
        changed();
      }
    };
    return self;
  };
})(window.QKW);
