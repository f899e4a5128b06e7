/* Everything is there: show the first step. */
(function () {
  "use strict";
  const Stage = window.Stage;
  Stage.loadNotes();
  Stage.go(0);
  if (Stage.follow) Stage.follow();
  document.body.dataset.ready = "1";
  performance.mark("qk-ready");
})();
