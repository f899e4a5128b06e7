/* What the map's scripts expect around them on the pages; here clicks on the map are an event of the window. */
window.Streamlit = {
  events: new EventTarget(),
  setComponentValue: function (value) {
    window.dispatchEvent(new CustomEvent("qk-click", { detail: value.click }));
  },
};
