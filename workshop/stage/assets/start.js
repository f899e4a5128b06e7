/* Everything is there: show the first step. */
(function () {
  "use strict";
  const Stage = window.Stage;
  Stage.loadNotes();
  Stage.go(Stage.lastStep()); // a page that was loaded anew goes on where it was
  if (Stage.follow) Stage.follow();
  document.body.dataset.ready = "1";
  performance.mark("qk-ready");
})();
