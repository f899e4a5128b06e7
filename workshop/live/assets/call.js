// Calls to the server: JSON in and out, with an end to waiting. No answer, busy and "slow down" are told from "no".
"use strict";
(function (QKW) {
  const PATIENCE_MS = 12000;

  function timed(promise, control) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        if (control) { control.abort(); }
        reject(new Error("timeout"));
      }, PATIENCE_MS);
      promise.then((value) => { clearTimeout(timer); resolve(value); }, (error) => { clearTimeout(timer); reject(error); });
    });
  }

  // Resolves to {ok, status, body}; {retry: true, wait: seconds} if it is to be tried again; never rejects.
  QKW.caller = function (base) {
    return async function (path, body) {
      const control = window.AbortController ? new AbortController() : null;
      const options = { credentials: "same-origin", cache: "no-store" };
      if (control) { options.signal = control.signal; }
      if (body !== undefined) {
        Object.assign(options, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      }
      try {
        const answer = await timed(fetch(base + path, options), control);
        const content = await timed(answer.json(), control);
        if (answer.status >= 500 || answer.status === 429) {
          return { ok: false, retry: true, status: answer.status, body: content, wait: Number(answer.headers.get("Retry-After")) || 0 };
        }
        return { ok: answer.ok, retry: false, status: answer.status, body: content, wait: 0 };
      } catch (error) {
        return { ok: false, retry: true, status: 0, body: {}, wait: 0 };
      }
    };
  };

  // 1, 2, 4, 8, 15, 15 … seconds, each a little different, so that thirty phones do not come back at once.
  QKW.pause = function (tries, wait) {
    const seconds = Math.max(wait, Math.min(Math.pow(2, tries), 15));
    return 1000 * seconds * (0.8 + 0.4 * Math.random());
  };

  // The browser's own maker of UUIDs is missing on plain http, which is what a laptop in a community hall serves.
  QKW.uuid = function () {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };
})(window.QKW);
