// What others wrote: asked for every two seconds while somebody looks, less often otherwise, and with patience when
// the connection is gone.
"use strict";
(function (QKW) {
  const NEAR_MS = 1900, FAR_MS = 20000;

  QKW.feed = function (call, changed) {
    const self = { session: null, notes: new Map(), groups: [], totals: {}, joined: null, online: true };
    let number = 0, timer = 0, tries = 0, busy = false, again = false;

    function take(body) {
      number = body.number;
      if (body.same) { return; }
      if (body.all) { self.notes.clear(); }
      body.gone.forEach((id) => self.notes.delete(id));
      body.notes.forEach((note) => { self.notes.delete(note.id); self.notes.set(note.id, note); });
      Object.assign(self, { session: body.session, groups: body.groups, totals: body.totals });
      changed(body);
    }

    self.poll = async function () {
      if (busy) { again = true; return; }
      busy = true;
      clearTimeout(timer);
      const answer = await call("feed?since=" + number);
      busy = false;
      let pause = document.hidden ? FAR_MS : NEAR_MS;
      if (answer.retry) {
        if (self.online) { self.online = false; changed(null); }
        pause = QKW.pause(tries, answer.wait);
        tries = Math.min(tries + 1, 5);
      } else {
        tries = 0;
        const was = self.online && self.joined;
        self.online = true;
        self.joined = answer.ok ? answer.body.joined !== false : null;
        self.gone = answer.status === 404;
        if (self.joined) { take(answer.body); } else {
          number = 0;
          pause = FAR_MS;
          if (answer.ok) { self.session = answer.body.session; }
        }
        if (!was || !self.joined) { changed(null); }
      }
      if (again) { again = false; pause = 0; }
      timer = setTimeout(self.poll, pause);
    };
    self.now = function () { tries = 0; self.poll(); };
    self.list = () => Array.from(self.notes.values()).reverse();
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { self.now(); } });
    window.addEventListener("online", self.now);
    window.addEventListener("offline", () => { self.online = false; changed(null); });
    return self;
  };
})(window.QKW);
