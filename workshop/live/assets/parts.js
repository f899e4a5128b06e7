// Pieces of the page: elements whose content from outside is only ever text.
"use strict";
(function (QKW) {
  QKW.make = function (tag, attributes, ...inside) {
    const found = document.createElement(tag);
    Object.keys(attributes || {}).forEach((name) => {
      if (attributes[name] === true) { found.setAttribute(name, ""); } else if (attributes[name] !== null && attributes[name] !== false) { found.setAttribute(name, attributes[name]); }
    });
    inside.forEach((one) => found.appendChild(typeof one === "string" ? document.createTextNode(one) : one));
    return found;
  };
  QKW.words = (texts) => (key, params) => (texts[key] || key).replace(/\{(\w+)\}/g, (all, name) => (params && name in params ? String(params[name]) : all));
  QKW.put = function (element, text) { if (element.textContent !== text) { element.textContent = text; } };

  // Why a note was not taken, in the visitor's words.
  QKW.reason = function (words, body) {
    const fields = body.fields || [];
    const long = fields.find((one) => one.key === "value.too_long");
    if (long) { return words("live.reason.too_long", { maximum: long.maximum }); }
    if (fields.some((one) => one.key === "value.bad_text")) { return words("live.reason.signs"); }
    const known = { "workshop.wrong_phase": "phase", "workshop.reused": "reused", "workshop.full": "full", "live.too_large": "large" };
    return words("live.reason." + (known[body.key] || "other"));
  };

  // Keep the elements of a list by key: what is there stays, with its focus.
  QKW.fill = function (list, rows, build, change) {
    const old = {};
    Array.from(list.children).forEach((one) => { old[one.dataset.key] = one; });
    let before = null;
    rows.forEach((row) => {
      let item = old[row.id];
      if (item) { delete old[row.id]; } else {
        item = build(row);
        item.dataset.key = row.id;
      }
      if (change) { change(item, row); }
      const wanted = before ? before.nextSibling : list.firstChild;
      if (item !== wanted) { list.insertBefore(item, wanted); }
      before = item;
    });
    Object.keys(old).forEach((key) => list.removeChild(old[key]));
  };

  const SIGNS = { need: "●", idea: "■", strength: "◆", contact: "▲" };
  QKW.note = function (words, note) {
    return QKW.make("li", {}, QKW.make("p", { class: "kind" }, QKW.make("span", { "aria-hidden": "true" }, SIGNS[note.category] || "•"), " " + words("live.category." + note.category)),
      QKW.make("p", { class: "said", dir: "auto" }, note.text));
  };
})(window.QKW);
