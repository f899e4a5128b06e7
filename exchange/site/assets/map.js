// The map: district shapes, streets, the places of the answer. Own files only; texts are shown as text.
"use strict";
function drawMap(root, kept, page) {
  const flat = (x, y) => L.latLng(y, x);
  const map = L.map(root, { crs: L.CRS.Simple, minZoom: -6, maxZoom: 0, attributionControl: true, zoomSnap: 0.5, preferCanvas: true });
  map.attributionControl.setPrefix(false).addAttribution("Landeshauptstadt Hannover (CC BY 4.0) · © OpenStreetMap (ODbL)");
  const streets = kept.streets, lines = streets.m.map((_, at) => [flat(streets.x[streets.u[at]], streets.y[streets.u[at]]), flat(streets.x[streets.v[at]], streets.y[streets.v[at]])]);
  L.polyline(lines, { color: "#8a9294", weight: 1, opacity: 0.5, interactive: false }).addTo(map);
  const pairs = (ring) => Array.from({ length: ring.length / 2 }, (_, at) => flat(ring[2 * at], ring[2 * at + 1]));
  const areas = kept.where.shapes.map(([id, rings]) => L.polygon(rings.map(pairs), { color: "#0b5c66", weight: 1.5, fillOpacity: 0.04, interactive: false }).addTo(map));
  map.fitBounds(L.featureGroup(areas).getBounds());
  const shown = L.layerGroup().addTo(map);
  map.on("click", (event) => page.tap(event.latlng.lng, event.latlng.lat));
  return {
    draw(rows, start) {
      shown.clearLayers();
      const points = [flat(start.x, start.y)];
      L.circleMarker(points[0], { radius: 9, color: "#1d272b", weight: 3, fillColor: "#fff", fillOpacity: 1 }).bindTooltip(page.say("finder.map.you")).addTo(shown);
      rows.slice(0, 30).forEach((row) => {
        const place = page.place(row);
        if (!place.xy) { return; }
        const words = page.make("p", {}, page.german(place.name));
        L.circleMarker(flat(...place.xy), { radius: 8, color: "#fff", weight: 2, fillColor: "#b3261e", fillOpacity: 1 }).bindPopup(words).addTo(shown);
        if (points.length < 6) { points.push(flat(...place.xy)); }
      });
      map.fitBounds(L.latLngBounds(points).pad(0.2), { maxZoom: -1, animate: false });
    },
  };
}
