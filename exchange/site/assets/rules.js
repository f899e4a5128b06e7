// The rules of geo/finder.py once more, for the browser. Data comes from core.json, ways/*.json, streets.json and where.json.
"use strict";
const YES = 0, UNKNOWN = 1, NO = 2;
const STREET = 0, LINE = 1, DISTRICT = 2, NOWHERE = 3;
const DETOUR = 1.3, SNAP_M = 1000, FOR_ALL = ["everyone", "residents"], WISHES = ["step_free", "language", "open", "group", "free"];

// ----- times -----
function dayOf(core, now) {
  const at = core.days.findIndex((day, index) => now >= day[1] && (index + 1 === core.days.length || now < core.days[index + 1][1]));
  return at >= 0 && now < core.days[at][1] + 25 * 60 ? at : -1;
}
function windowOf(core, when, now) {
  let at = dayOf(core, now);
  if (at < 0) { return null; }
  let from = now, to = now + 1;
  if (when === "evening") {
    from = Math.max(core.days[at][2], now);
    to = Math.max(core.days[at][3], from + 1);
  } else if (when === "saturday") {
    let ahead = (5 - core.days[at][0] + 7) % 7;
    if (ahead === 0 && now >= core.days[at][5]) { ahead = 7; }
    at += ahead;
    if (at >= core.days.length) { return null; }
    from = ahead === 0 ? Math.max(core.days[at][4], now) : core.days[at][4];
    to = Math.max(core.days[at][5], from + 1);
  }
  return { at, from, to };
}
function spansOf(core, place, at) {
  const table = place.hours >= 0 && at >= 0 ? core.timetables[place.hours][at] : null;
  if (!table) { return null; }
  const begin = core.days[at][1], spans = [];
  for (let i = 0; i < table.length; i += 3) { spans.push({ from: begin + table[i], to: begin + table[i + 1], state: table[i + 2] }); }
  return spans;
}
function openIn(core, place, span) {
  const spans = span && spansOf(core, place, span.at);
  if (!spans) { return UNKNOWN; }
  const states = spans.filter((each) => each.from < span.to && each.to > span.from).map((each) => each.state);
  return states.includes(0) ? YES : states.length ? UNKNOWN : NO;
}

// ----- what is known about a wish -----
function known(core, place, wish, wanted, span) {
  if (wish === "step_free") { return { yes: YES, no: NO }[place.wheelchair] ?? UNKNOWN; }
  if (wish === "free") { return place.free || 0; }
  if (wish === "open") { return openIn(core, place, span); }
  if (wish === "language") {
    if (wanted === "de" || (place.codes || []).includes(wanted)) { return YES; }
    return place.more ? UNKNOWN : NO;
  }
  const groups = place.groups || [];
  if ([wanted, ...FOR_ALL].some((group) => groups.includes(group))) { return YES; }
  return groups.length ? NO : UNKNOWN;
}

// ----- the answer: fewest unknown, nearest, first -----
function find(core, need, way, wishes, now) {
  const number = core.needs.indexOf(need);
  const rows = core.places.map((_, row) => row).filter((row) => core.places[row].fits?.includes(number));
  const active = WISHES.filter((name) => wishes[name]);
  const span = wishes.open ? windowOf(core, wishes.open, now) : null;
  const states = new Map(rows.map((row) => [row, Object.fromEntries(
    active.map((name) => [name, known(core, core.places[row], name, wishes[name], span)]))]));
  const metres = (row) => (way.how[row] === NOWHERE ? Infinity : way.m[row]);
  const without = (dropped) => rows.filter((row) => active.every((name) => dropped.includes(name) || states.get(row)[name] !== NO));
  let kept = without([]), dropped = [];
  if (!kept.length && rows.length) {
    const tries = active.map((name) => ({ name, rows: without([name]) })).filter((each) => each.rows.length);
    tries.forEach((each) => { each.near = Math.min(...each.rows.map(metres)); });
    const best = tries.reduce((one, other) => (one && one.near <= other.near ? one : other), null);
    kept = best ? best.rows : rows;
    dropped = best ? [best.name] : active;
  }
  const counted = active.filter((name) => !dropped.includes(name));
  const unknown = (row) => counted.filter((name) => states.get(row)[name] === UNKNOWN).length;
  const keys = new Map(kept.map((row) => [row, [unknown(row), metres(row), row]]));
  kept.sort((one, other) => {
    const a = keys.get(one), b = keys.get(other);
    for (let i = 0; i < 3; i += 1) { if (a[i] !== b[i]) { return a[i] < b[i] ? -1 : 1; } }
    return 0;
  });
  return { rows: kept, total: kept.length, dropped };
}

// ----- the way: streets, else the line, else the district -----
function waysFrom(core, streets, start) {
  const m = [], how = [];
  const walked = walk(streets, start);
  core.places.forEach((place, row) => {
    if (walked && streets.edge[row] >= 0) {
      let best = Math.min(walked.at[streets.u[streets.edge[row]]] + streets.toU[row], walked.at[streets.v[streets.edge[row]]] + streets.toV[row]);
      if (streets.edge[row] === walked.edge) {
        const along = Math.abs((walked.toU - walked.off) - (streets.toU[row] - streets.off[row]));
        best = Math.min(best, along + walked.off + streets.off[row]);
      }
      if (Number.isFinite(best)) { m.push(best); how.push(STREET); return; }
    }
    if (place.xy) { m.push(DETOUR * Math.hypot(place.xy[0] - start.x, place.xy[1] - start.y)); how.push(LINE); return; }
    const area = core.districts.find((each) => each.id === place.district);
    if (!area) { m.push(-1); how.push(NOWHERE); return; }
    m.push(DETOUR * Math.max(Math.hypot(area.xy[0] - start.x, area.xy[1] - start.y), area.radius));
    how.push(DISTRICT);
  });
  return { m, how };
}
function neighbours(streets) {
  if (!streets.next) {
    streets.next = streets.x.map(() => []);
    streets.m.forEach((metres, edge) => {
      streets.next[streets.u[edge]].push([streets.v[edge], metres]);
      streets.next[streets.v[edge]].push([streets.u[edge], metres]);
    });
  }
  return streets.next;
}
function snapTo(streets, start) {
  let best = { off: Infinity, edge: -1 };
  streets.m.forEach((metres, edge) => {
    const ux = streets.x[streets.u[edge]], uy = streets.y[streets.u[edge]];
    const dx = streets.x[streets.v[edge]] - ux, dy = streets.y[streets.v[edge]] - uy, length2 = dx * dx + dy * dy;
    const share = length2 ? Math.min(1, Math.max(0, ((start.x - ux) * dx + (start.y - uy) * dy) / length2)) : 0;
    const off = Math.hypot(start.x - ux - share * dx, start.y - uy - share * dy);
    if (off < best.off) { best = { off, edge, toU: off + share * metres, toV: off + (1 - share) * metres }; }
  });
  return best.off <= SNAP_M ? best : null;
}
function walk(streets, start) {
  const here = streets.m.length ? snapTo(streets, start) : null;
  if (!here) { return null; }
  const next = neighbours(streets), at = new Float64Array(streets.x.length).fill(Infinity), heap = [];
  const push = (metres, node) => {
    if (metres >= at[node]) { return; }
    at[node] = metres;
    heap.push([metres, node]);
    for (let i = heap.length - 1; i > 0;) {
      const up = (i - 1) >> 1;
      if (heap[up][0] <= heap[i][0]) { break; }
      [heap[up], heap[i]] = [heap[i], heap[up]];
      i = up;
    }
  };
  const pop = () => {
    const top = heap[0], last = heap.pop();
    if (heap.length) {
      heap[0] = last;
      for (let i = 0; ;) {
        let low = 2 * i + 1;
        if (low >= heap.length) { break; }
        if (low + 1 < heap.length && heap[low + 1][0] < heap[low][0]) { low += 1; }
        if (heap[i][0] <= heap[low][0]) { break; }
        [heap[low], heap[i]] = [heap[i], heap[low]];
        i = low;
      }
    }
    return top;
  };
  push(here.toU, streets.u[here.edge]);
  push(here.toV, streets.v[here.edge]);
  while (heap.length) {
    const [metres, node] = pop();
    if (metres === at[node]) { next[node].forEach(([other, more]) => push(metres + more, other)); }
  }
  return { at, ...here };
}

// ----- where -----
function folded(text) {
  const plain = text.normalize("NFKC").toLowerCase().replace(/[äæ]/g, "a").replace(/[öø]/g, "o").replace(/ü/g, "u").replace(/ß/g, "ss")
    .normalize("NFKD").replace(/\p{M}/gu, "");
  const joined = plain.replace(/([ao])e|(?<![aeq])ue/g, (hit, first) => first || "u");
  return joined.replace(/str(?![\p{L}\p{N}_])\.?/gu, "strasse").replace(/[^0-9a-z]+/g, " ").trim();
}
function alike(one, other) {
  // share of signs in common order, as rapidfuzz.fuzz.ratio counts it
  let row = new Array(other.length + 1).fill(0);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [0];
    for (let j = 1; j <= other.length; j += 1) {
      next[j] = one[i - 1] === other[j - 1] ? row[j - 1] + 1 : Math.max(row[j], next[j - 1]);
    }
    row = next;
  }
  return one.length + other.length ? (200 * row[other.length]) / (one.length + other.length) : 0;
}
function suggestions(where, typed, limit = 6) {
  const text = folded(typed.slice(0, 200)), bare = text.replace(/\s+\d+\s*[a-z]?\b/g, "").trim();
  if (text.length < 3) { return []; }
  const once = (rows) => {
    const seen = new Set();
    return rows.filter((row) => { const key = `${row[2]} ${row[1]} ${row[4]}`; return seen.has(key) ? false : seen.add(key); }).slice(0, limit);
  };
  for (const tried of new Set([text, bare])) {
    if (tried.length < 3) { continue; }
    const exact = where.names.filter((row) => row[1] === tried);
    const begin = where.names.filter((row) => row[1].startsWith(tried));
    const words = tried.split(" ");
    const parts = where.names.filter((row) => words.every((word) => ` ${row[1]}`.includes(` ${word}`)) || row[1].includes(tried));
    const found = once([...exact, ...begin, ...parts]);
    if (found.length) { return found; }
  }
  const inside = where.names.filter((row) => row[1].length > 3 && ` ${text} `.includes(` ${row[1]} `)).sort((a, b) => b[1].length - a[1].length);
  if (inside.length) { return once(inside); }
  const scored = where.names.map((row) => [alike(bare || text, row[1]), row]).filter(([score]) => score >= 72);
  return once(scored.sort((a, b) => b[0] - a[0]).map(([, row]) => row));
}
function districtAt(where, x, y) {
  let best = { metres: Infinity };
  for (const [id, rings] of where.shapes) {
    let inside = false;
    for (const ring of rings) {
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        const [ax, ay, bx, by] = [ring[i], ring[i + 1], ring[j], ring[j + 1]];
        if ((ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) { inside = !inside; }
        const dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
        const share = length2 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2)) : 0;
        const metres = Math.hypot(x - ax - share * dx, y - ay - share * dy);
        if (metres < best.metres) { best = { metres, id, x: ax + share * dx, y: ay + share * dy }; }
      }
    }
    if (inside) { return { id, x, y, outside: 0 }; }
  }
  return { id: best.id, x: best.x, y: best.y, outside: best.metres };
}
// Longitude and latitude to EPSG:25832 (transverse Mercator, Krüger's series of third order; below a centimetre here).
function toMetres(lon, lat) {
  const a = 6378137, f = 1 / 298.257222101, n = f / (2 - f), k = 0.9996, rad = Math.PI / 180;
  const big = (a / (1 + n)) * (1 + (n * n) / 4 + (n ** 4) / 64);
  const alpha = [n / 2 - (2 * n * n) / 3 + (5 * n ** 3) / 16, (13 * n * n) / 48 - (3 * n ** 3) / 5, (61 * n ** 3) / 240];
  const e = (2 * Math.sqrt(n)) / (1 + n), s = Math.sin(lat * rad), l = (lon - 9) * rad;
  const t = Math.sinh(Math.atanh(s) - e * Math.atanh(e * s));
  const xi = Math.atan2(t, Math.cos(l)), eta = Math.atanh(Math.sin(l) / Math.sqrt(1 + t * t));
  let x = eta, y = xi;
  alpha.forEach((each, i) => {
    const j = 2 * (i + 1);
    x += each * Math.cos(j * xi) * Math.sinh(j * eta);
    y += each * Math.sin(j * xi) * Math.cosh(j * eta);
  });
  return [500000 + k * big * x, k * big * y];
}
