// What stays on this phone: the text being written, and notes until they are stored and after, until the session's day of
// deletion. One key per note, so that two tabs never overwrite each other's.
"use strict";
window.QKW = window.QKW || {};
(function (QKW) {
  const START = "qkw.";
  const spare = new Map();
  let kept = true;

  function read(key) {
    try {
      const found = window.localStorage.getItem(key);
      if (found !== null) { return found; }
    } catch (error) { kept = false; }
    return spare.has(key) ? spare.get(key) : null;
  }

  function write(key, text) {
    try {
      window.localStorage.setItem(key, text);
      spare.delete(key);
    } catch (error) { // full, or switched off: at least as long as this page is open
      kept = false;
      spare.set(key, text);
    }
  }

  function remove(key) {
    spare.delete(key);
    try { window.localStorage.removeItem(key); } catch (error) { kept = false; }
  }

  function keys() {
    const found = Array.from(spare.keys());
    try {
      for (let at = 0; at < window.localStorage.length; at += 1) { found.push(window.localStorage.key(at)); }
    } catch (error) { kept = false; }
    return found.filter((key) => key.indexOf(START) === 0);
  }

  // Sessions whose day of deletion has come are forgotten here too.
  function forgetOld(today) {
    keys().filter((key) => /\.until$/.test(key) && JSON.parse(read(key) || "\"\"") <= today).forEach((key) => {
      const session = key.slice(0, -"until".length);
      keys().filter((other) => other.indexOf(session) === 0).forEach(remove);
    });
  }

  QKW.memory = function (code) {
    const own = START + code + ".";
    forgetOld(new Date().toISOString().slice(0, 10));
    return {
      keeps: () => kept,
      get(name) {
        try { return JSON.parse(read(own + name)); } catch (error) { return null; }
      },
      set(name, value) { write(own + name, JSON.stringify(value)); },
      remove(name) { remove(own + name); },
      names(start) { return keys().filter((key) => key.indexOf(own + start) === 0).map((key) => key.slice(own.length)); },
      clear() { keys().filter((key) => key.indexOf(own) === 0).forEach(remove); },
    };
  };
})(window.QKW);
