/* Geometry is fetched once per address and kept: areas and streets never travel with a page's messages. */
(function () {
  "use strict";
  const QK = window.QK;
  const STEP = 1e-5;
  const loaded = new Map();
  const waiting = new Map();

  /* [x0, y0, dx1, dy1, …] in steps of 1e-5 degrees → [[lat, lon], …]. */
  function line(steps) {
    const points = [];
    let x = 0;
    let y = 0;
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      points.push([y * STEP, x * STEP]);
    }
    return points;
  }

  QK.decode = line;

  /* Polygons of one area → Leaflet's nesting. */
  QK.decodeArea = function (polygons) {
    return polygons.map((rings) => rings.map(line));
  };

  QK.loaded = function (url) {
    return loaded.get(url);
  };

  /* Geometry that has come with the page itself. */
  QK.provide = function (url, content) {
    loaded.set(url, content);
    waiting.set(url, Promise.resolve(content));
  };

  async function content(url) {
    if (url.startsWith("data:")) { // an installation that cannot write files; fetching would need a wider policy
      const bytes = Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (sign) => sign.charCodeAt(0));
      return JSON.parse(new TextDecoder().decode(bytes));
    }
    const response = await fetch(url);
    if (!response.ok) throw new Error("map geometry " + url + ": status " + response.status);
    return response.json();
  }

  QK.load = function (url) {
    if (!waiting.has(url)) {
      waiting.set(url, content(url).then(function (content) {
        loaded.set(url, content);
        return content;
      }));
    }
    return waiting.get(url);
  };

  /* The areas of a level: {ids, names, latlngs by id, labels}, decoded once. */
  QK.areas = function (url, level) {
    const content = loaded.get(url);
    const key = "decoded " + level;
    if (!content[key]) {
      const source = content[level];
      content[key] = {
        ids: source.id,
        labels: source.label,
        names: new Map(source.id.map((id, i) => [id, source.name[i]])),
        latlngs: new Map(source.id.map((id, i) => [id, QK.decodeArea(source.rings[i])])),
      };
    }
    return content[key];
  };
})();
