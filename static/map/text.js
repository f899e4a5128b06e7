/* Everything that people read on the map is built here, as text nodes only. */
(function () {
  "use strict";
  const QK = window.QK;

  /* Title, subtitle and lines of row i of a layer's field table; empty values are left out. */
  QK.card = function (title, subtitle, fields, i) {
    const card = QK.node("div", "qk-card");
    QK.node("p", "qk-title", title, card).dir = "auto";
    if (subtitle) QK.node("p", "qk-subtitle", subtitle, card).dir = "auto";
    if (!fields || !fields.labels.length) return card;
    const list = QK.node("dl", "qk-lines");
    fields.labels.forEach(function (label, column) {
      const value = fields.values[column][i];
      if (value === null) return;
      QK.node("dt", "", label, list).dir = "auto";
      const cell = QK.node("dd", "", null, list);
      cell.dir = "auto";
      const address = fields.links[column] ? QK.webAddress(value) : null;
      if (address) QK.link(value, address, cell);
      else cell.textContent = value;
    });
    if (list.childNodes.length) card.appendChild(list);
    return card;
  };

  /* One tooltip per map: it has to exist only once, however many things it explains. */
  QK.tip = function (map, latlng, content, options) {
    QK.hideTip(map);
    map.qk.tip = L.tooltip(
      Object.assign({ className: "qk-tip", opacity: 1, interactive: false }, options)
    ).setLatLng(latlng).setContent(content);
    map.openTooltip(map.qk.tip);
  };

  QK.moveTip = function (map, latlng) {
    if (map.qk.tip) map.qk.tip.setLatLng(latlng);
  };

  QK.hideTip = function (map) {
    if (map.qk.tip) map.closeTooltip(map.qk.tip);
    map.qk.tip = null;
  };

  /* The popup belongs to the map, not to a marker: it stays open when layers are replaced.
     owner = {key, id}; opener = the element that gets the focus back, or null after a mouse click. */
  QK.popup = function (map, latlng, content, owner, opener, offset) {
    QK.hideTip(map);
    const popup = L.popup({
      className: "qk-popup", minWidth: 180, maxWidth: 320, maxHeight: Math.max(140, map.getSize().y * 0.6),
      autoPanPadding: [16, 16], offset: [0, offset],
    }).setLatLng(latlng).setContent(content);
    popup.qkOwner = owner;
    popup.openOn(map);
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", QK.texts.close);
    close.title = QK.texts.close;
    popup.getElement().setAttribute("role", "dialog");
    popup.getElement().setAttribute("aria-label", content.querySelector(".qk-title").textContent);
    popup.getElement().addEventListener("keydown", function (event) {
      if (event.key === "Escape") map.closePopup(popup);
    });
    if (opener) {
      content.tabIndex = -1;
      content.focus({ preventScroll: true });
      map.once("popupclose", function () {
        if (opener.isConnected) opener.focus({ preventScroll: true });
      });
    }
  };

  /* Close the popup if what it describes is no longer on the map. */
  QK.checkPopup = function (map, isShown) {
    const popup = map._popup;
    if (popup && popup.isOpen() && popup.qkOwner && !isShown(popup.qkOwner)) map.closePopup(popup);
  };
})();
