/* Layers by key and digest. streamlit-folium throws all feature groups away and evaluates the new ones
   whenever one of them changes; here an unchanged layer stays as it is (with focus, open group and all),
   a changed one is swapped within one frame, and only what is on the map is kept in memory. */
(function () {
  "use strict";
  const QK = window.QK;

  /* What streamlit-folium handles: stands for a layer, draws nothing. */
  const Placeholder = L.Layer.extend({
    initialize: function (wish) {
      this.wish = wish;
    },
    onAdd: function (map) {
      map.qk.wanted.set(this.wish.key, this);
      plan(map);
    },
    onRemove: function (map) {
      if (map.qk.wanted.get(this.wish.key) === this) map.qk.wanted.delete(this.wish.key);
      plan(map);
    },
  });

  QK.layer = function (key, kind, digest, content) {
    return new Placeholder({ key: key, kind: kind, digest: digest, content: content });
  };

  function plan(map) {
    if (map.qk.planned) return;
    map.qk.planned = true;
    queueMicrotask(function () {
      map.qk.planned = false;
      forget(map);
      sync(map);
    });
  }

  /* streamlit-folium only ever adds to this list. */
  function forget(map) {
    if (window.feature_group) window.feature_group = window.feature_group.filter((each) => map.hasLayer(each));
  }

  function sync(map) {
    const live = map.qk.live;
    for (const [key, placeholder] of map.qk.wanted) {
      const old = live.get(key);
      if (!old || old.digest !== placeholder.wish.digest) bring(map, placeholder.wish);
    }
    for (const [key, old] of live) {
      if (!map.qk.wanted.has(key)) {
        map.removeLayer(old.layer);
        live.delete(key);
      }
    }
    finish(map);
  }

  /* Draw now, or as soon as the geometry is there: until then the old layer stays. */
  function bring(map, wish) {
    const data = wish.content();
    if (data.url && !QK.loaded(data.url)) {
      QK.load(data.url).then(() => sync(map), (error) => console.error(error));
      return;
    }
    const old = map.qk.live.get(wish.key);
    const focused = old && old.focused ? old.focused() : null;
    let made;
    try {
      made = QK.kinds[wish.kind](map, wish.key, data);
    } catch (error) {
      console.error("layer " + wish.key, error);
      return;
    }
    if (old) map.removeLayer(old.layer);
    map.addLayer(made.layer);
    if (focused !== null && made.focus) made.focus(focused);
    made.digest = wish.digest;
    made.count = data.count;
    made.attributions = data.attributions;
    map.qk.live.set(wish.key, made);
  }

  function finish(map) {
    const live = map.qk.live;
    QK.checkPopup(map, function (owner) {
      const layer = live.get(owner.key);
      return Boolean(layer && layer.shows && layer.shows(owner.id));
    });
    const credits = [];
    const counts = {};
    let filled = false;
    for (const [key, each] of live) {
      filled = filled || Boolean(each.filled);
      credits.push(...each.attributions);
      counts[key] = each.count;
    }
    map.qk.credits.show(credits);
    map.getContainer().classList.toggle("qk-filled", filled); // names need a ground of their own then
    map.getContainer().dataset.layers = JSON.stringify(counts);
  }
})();
