// The map: the area, streets, shown notes with a place; a place is chosen by a tap, by the middle of the map (arrow keys)
// or by a district. Own files only; texts are shown as text.
"use strict";
(function (QKW) {
  const COLOURS = { need: "#8a1c12", idea: "#7a5c00", strength: "#1b5e20", contact: "#0b4f8a" };

  // [x0, y0, dx1, dy1, …] in steps of 1e-5 degrees → [[lat, lon], …]
  function unpack(steps) {
    const found = [];
    for (let at = 0, x = 0, y = 0; at < steps.length; at += 2) {
      x += steps[at];
      y += steps[at + 1];
      found.push([y / 100000, x / 100000]);
    }
    return found;
  }

  function inside(rings, lat, lon) {
    let odd = false;
    rings.forEach((ring) => {
      for (let one = 0, other = ring.length - 1; one < ring.length; other = one, one += 1) {
        const a = ring[one], b = ring[other];
        if ((a[0] > lat) !== (b[0] > lat) && lon < (b[1] - a[1]) * (lat - a[0]) / (b[0] - a[0]) + a[1]) { odd = !odd; }
      }
    });
    return odd;
  }

  function load(files, style) {
    if (style && !document.querySelector("link[href='" + style + "']")) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", href: style });
      document.head.appendChild(link);
    }
    if (window.L) { return Promise.resolve(); }
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      Object.assign(script, { src: files, onload: resolve, onerror: reject });
      document.head.appendChild(script);
    });
  }

  QKW.map = async function (root, assets, content, words, chose) {
    await load(assets.script, assets.style);
    const L = window.L;
    const map = L.map(root, { preferCanvas: true, zoomSnap: 0.5, attributionControl: true, zoomAnimation: false, fadeAnimation: false, minZoom: 10, maxZoom: 18, zoomControl: false });
    L.control.zoom({ zoomInTitle: words("live.map.nearer"), zoomOutTitle: words("live.map.farther") }).addTo(map);
    map.attributionControl.setPrefix(false).addAttribution("Landeshauptstadt Hannover (CC BY 4.0) · © OpenStreetMap (ODbL)");
    const shapes = content.districts.map((one) => {
      const rings = [].concat.apply([], one.shape.map((part) => part.map(unpack)));
      L.polygon(one.shape.map((part) => part.map(unpack)), { color: "#5c676b", weight: 1, fill: false, interactive: false }).addTo(map);
      return Object.assign({ rings }, one);
    });
    L.polyline(content.streets.map(unpack), { color: "#8a9294", weight: 1.2, interactive: false }).addTo(map);
    L.polygon(content.area.map((part) => part.map(unpack)), { color: "#0b5c66", weight: 3, fillOpacity: 0.06, interactive: false }).addTo(map);
    const notes = L.layerGroup().addTo(map);
    const pin = L.circleMarker([0, 0], { radius: 11, color: "#fff", weight: 3, fillColor: "#b3261e", fillOpacity: 1, interactive: false });
    map.fitBounds(content.bounds, { animate: false });
    map.setMaxBounds(L.latLngBounds(content.bounds).pad(1));

    function district(lat, lon) { return shapes.find((one) => inside(one.rings, lat, lon)) || null; }
    function choose(lat, lon) {
      pin.setLatLng([lat, lon]).addTo(map);
      chose({ lat: Number(lat.toFixed(6)), lon: Number(lon.toFixed(6)), district: district(lat, lon) });
    }
    map.on("click", (event) => choose(event.latlng.lat, event.latlng.wrap().lng));
    return {
      centre() { const at = map.getCenter(); choose(at.lat, at.lng); },
      jump(id) {
        const found = shapes.find((one) => one.id === id);
        if (found) { map.setView(found.at, Math.max(map.getZoom(), 14), { animate: false }); choose(found.at[0], found.at[1]); }
      },
      districts: shapes.map((one) => ({ id: one.id, name: one.name })).sort((one, other) => one.name.localeCompare(other.name)),
      show(lat, lon) { map.setView([lat, lon], Math.max(map.getZoom(), 14), { animate: false }); choose(lat, lon); },
      clear() { pin.remove(); },
      size() { map.invalidateSize({ animate: false }); },
      draw(shown) {
        notes.clearLayers();
        shown.filter((note) => note.lat !== null).slice(0, 500).forEach((note) => {
          L.circleMarker([note.lat, note.lon], { radius: 6, color: "#fff", weight: 1.5, fillColor: COLOURS[note.category] || "#333", fillOpacity: 0.9, interactive: false }).addTo(notes);
        });
      },
    };
  };
})(window.QKW);
