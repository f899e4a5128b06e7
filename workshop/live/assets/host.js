// Takes the host's token out of the address (behind #, where no server sees it) and hands it over in a request's body.
"use strict";
(function (QKW) {
  const data = JSON.parse(document.getElementById("data").textContent);
  const words = QKW.words(data.texts), call = QKW.caller(data.api);
  const token = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  (async function () {
    const answer = token ? await call("host", { token }) : { ok: false, retry: false };
    const key = answer.ok ? "taken" : answer.retry ? "again" : "failed";
    document.getElementById("status").className = "status " + (answer.ok ? "saved" : "lost");
    QKW.put(document.getElementById("status"), words("live.host." + key));
  })();
})(window.QKW);
