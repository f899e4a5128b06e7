/* The view (centre and zoom) in the page's address, so that a link shows the same part of the map.
   The page's server reads ?view= when a link is opened; nothing here causes a rerun. */
(function () {
  "use strict";
  const QK = window.QK;
  const NAME = "view";

  /* The page's path; null where a page of another origin has framed us: its address is not ours to read or write. */
  function path() {
    try {
      return window.parent.location.pathname;
    } catch (error) {
      return null;
    }
  }

  QK.address = function (map) {
    const own = path();
    const write = function () {
      // After "back" the address is another page's at once, while this frame lives until the server has answered.
      if (own === null || path() !== own || !map.getSize().x || !map._loaded) return;
      const centre = map.getCenter();
      const text = [centre.lat.toFixed(4), centre.lng.toFixed(4), String(Math.round(map.getZoom() * 100) / 100)].join(",");
      const here = new URL(window.parent.location.href);
      if (here.searchParams.get(NAME) === text) return;
      const rest = [...here.searchParams].filter(([name]) => name !== NAME).concat([[NAME, text]]);
      const query = rest.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
      window.parent.history.replaceState(window.parent.history.state, "", `${here.pathname}?${query}${here.hash}`);
    };
    map.on("moveend", write);
    // The page's server writes the address too, at the end of a run, whenever that is: nothing tells us of it.
    setInterval(write, 500);
  };
})();
