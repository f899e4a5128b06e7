/* Says once what part of the map is shown, when the page asks: moving the map alone tells the page nothing. */
(function () {
  "use strict";
  const QK = window.QK;

  QK.kinds.view = function (map, key, data) {
    QK.report(map, key, data.turn, map.getCenter());
    return { layer: L.layerGroup() };
  };
})();
