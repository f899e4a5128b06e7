/* Many equal squares on one canvas, redrawn when the view has moved. */
(function () {
  "use strict";
  const QK = window.QK;
  const RIM = 40075016.686 / 256; // metres per pixel at zoom 0 on the equator

  function sums(differences) {
    let value = 0;
    return differences.map((each) => (value += each) * 1e-5);
  }

  const Grid = L.Renderer.extend({
    options: { pane: "qk-grid", padding: 0.2 },

    initialize: function (data) {
      L.Renderer.prototype.initialize.call(this, {});
      this._lat = sums(data.lat);
      this._lon = sums(data.lon);
      this._data = data;
    },

    _initContainer: function () {
      this._container = QK.node("canvas", "qk-grid");
      this._container.setAttribute("aria-hidden", "true");
    },

    _destroyContainer: function () {
      this._container.remove();
      this._container = null;
    },

    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const canvas = this._container;
      const size = this._bounds.getSize();
      const ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = ratio * size.x;
      canvas.height = ratio * size.y;
      canvas.style.width = size.x + "px";
      canvas.style.height = size.y + "px";
      const pen = canvas.getContext("2d");
      pen.scale(ratio, ratio);
      pen.translate(-this._bounds.min.x, -this._bounds.min.y);
      this._draw(pen, this._bounds);
    },

    _draw: function (pen, bounds) {
      const map = this._map;
      const data = this._data;
      const latitude = (map.getCenter().lat * Math.PI) / 180;
      const origin = map.getPixelOrigin();
      const half = data.side / ((RIM * Math.cos(latitude)) / Math.pow(2, map.getZoom())) / 2;
      for (let i = 0; i < this._lat.length; i++) {
        // Not latLngToLayerPoint: it rounds, and squares of less than two pixels would leave gaps.
        const point = map.project([this._lat[i], this._lon[i]]).subtract(origin);
        if (point.x + half < bounds.min.x || point.x - half > bounds.max.x) continue;
        if (point.y + half < bounds.min.y || point.y - half > bounds.max.y) continue;
        const left = Math.round(point.x - half);
        const top = Math.round(point.y - half);
        const width = Math.max(1, Math.round(point.x + half) - left);
        const height = Math.max(1, Math.round(point.y + half) - top);
        const index = data.index[i];
        pen.fillStyle = index < 0 ? data.unknown[0] : data.colours[index];
        pen.fillRect(left, top, width, height);
        if (index < 0 && width > 6) this._hatch(pen, left, top, width, height);
      }
    },

    _hatch: function (pen, left, top, width, height) {
      pen.strokeStyle = this._data.unknown[1];
      pen.beginPath();
      pen.moveTo(left + 1, top + height - 1);
      pen.lineTo(left + width - 1, top + 1);
      pen.stroke();
    },
  });

  QK.kinds.grid = function (map, key, data) {
    return { layer: new Grid(data), filled: true };
  };
})();
