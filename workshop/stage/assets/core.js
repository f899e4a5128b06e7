/* What all parts of the stage share. */
(function () {
  "use strict";
  const QK = window.QK;
  const spec = JSON.parse(document.getElementById("qk-spec").textContent);
  const geometry = JSON.parse(document.getElementById("qk-geometry").textContent);
  for (const url in geometry) QK.provide(url, geometry[url]);

  const Stage = (window.Stage = {
    spec: spec,
    maps: {},
    still: window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    part: (id) => document.getElementById(id),
  });

  /* A word of the page; {fields} are filled in. */
  Stage.word = function (key, fields) {
    return String(spec.words[key]).replace(/\{(\w+)\}/g, (all, name) => (fields && name in fields ? fields[name] : all));
  };

  /* Said to screen readers, and shown for a while. */
  let timer = 0;
  Stage.say = function (text) {
    const box = Stage.part("said");
    box.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => (box.textContent = ""), 6000);
  };

  /* The letters have a size that is a share of the picture's width, and so have the symbols. */
  Stage.unit = () => Math.max(16, window.innerWidth * 0.025);
  QK.scale = Math.min(3, Math.max(1, Stage.unit() / 18));
})();
