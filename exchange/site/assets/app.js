// The page: three questions, one answer. What is typed and where somebody is never leave this script.
"use strict";
const page = JSON.parse(document.getElementById("page").textContent); // words, labels, language, where the files are
const kept = { core: null, ways: new Map(), streets: null, where: null };
const asked = { need: "", district: "", start: null, shown: 5 };
const $ = (id) => document.getElementById(id);

function load(name) {
  // Packed files are a quarter of the size; servers need not know that, and old browsers take the plain ones.
  const packed = "DecompressionStream" in window;
  const coming = early[name] ?? fetch(`${page.data}${name}.json${packed ? ".packed" : ""}?v=${page.version}`);
  delete early[name];
  return coming.then((answer) => {
    if (!answer.ok) { throw new Error(name); }
    return packed ? new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).json() : answer.json();
  });
}
const once = {};
function loadOnce(name) { once[name] ??= load(name).catch((error) => { delete once[name]; throw error; }); return once[name]; }

// ----- words -----
function say(key, params = {}) {
  const text = page.words[key] ?? `[${key}]`;
  return text.replace(/\{(\w+)\}/g, (hit, name) => params[name] ?? hit);
}
const number = (value, digits) => new Intl.NumberFormat(page.language, { minimumFractionDigits: digits, maximumFractionDigits: digits, numberingSystem: "latn" }).format(value);
// Number and unit stay in this order between words that run from right to left.
const isolated = (text) => (document.documentElement.dir === "rtl" ? `\u2066${text}\u2069` : text);
const distance = (metres) => isolated(metres < 1000 ? `${number(Math.round(metres / 10) * 10, 0)}\u00a0m` : `${number(metres / 1000, 1)}\u00a0km`);
const clock = (minute) => new Intl.DateTimeFormat("de", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" }).format(minute * 60000);
const now = () => Math.floor(Date.now() / 60000);

// ----- building: text is only ever text -----
function make(tag, attributes = {}, ...parts) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) { if (value !== null && value !== undefined) { made.setAttribute(name, value); } }
  made.append(...parts.filter((part) => part !== null && part !== undefined));
  return made;
}
const german = (text) => (page.language === "de" ? make("bdi", {}, text) : make("bdi", { lang: "de", dir: "ltr" }, text));
function filled(key, name, node) {
  const [before, after] = say(key, { [name]: "\u0000" }).split("\u0000");
  return [before, node, after];
}

// ----- one card -----
function wayWords(place, way, row) {
  const metres = way.m[row], how = way.how[row];
  if (how === NOWHERE) { return null; }
  if (how === DISTRICT) {
    const name = kept.core.districts.find((each) => each.id === place.district)?.name ?? "";
    const [before, after] = say("finder.way.district", { distance: distance(metres), district: "\u0000" }).split("\u0000");
    return [before, german(name), after];
  }
  const minutes = Math.max(1, Math.ceil(metres / ((page.kmh[$("pace").value] * 1000) / 60)));
  return [say(how === STREET ? "finder.way.street" : "finder.way.line", { minutes: number(minutes, 0), distance: distance(metres) })];
}
function hoursWords(place) {
  const moment = now(), spans = spansOf(kept.core, place, dayOf(kept.core, moment));
  if (!spans) { return place.opening_hours_text ? filled("finder.hours.said", "text", german(place.opening_hours_text.slice(0, 220))) : null; }
  if (spans.some((span) => span.to - span.from >= 23 * 60 && span.state === 0)) { return [say("finder.hours.always")]; }
  const left = spans.filter((span) => span.to > moment).map((span) => {
    const times = `${clock(span.from)}–${clock(span.to)}`;
    return span.state === 0 ? times : say("finder.hours.maybe", { times });
  });
  return [left.join(", ") || say("finder.hours.closed")];
}
function phones(numbers) {
  if (!numbers?.length) { return make("p", {}, say("finder.card.no_phone")); }
  return make("p", {}, ...numbers.slice(0, 4).map((each) => {
    const shown = make("bdi", { dir: "ltr" }, each.replace(/^\+49\s*/, "0"));
    return make("a", { class: "call", href: `tel:${each.replace(/(?!^\+)\D/g, "")}` }, ...filled("finder.card.call", "number", shown));
  }));
}
function day(text) {
  const hit = /(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text ?? "");
  return hit ? [hit[3], hit[2], hit[1]].filter(Boolean).join(hit[3] ? "." : "/") : (text ?? say("finder.unknown"));
}
function knownDay(text) {
  const hit = /(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text ?? "");
  const old = hit && Date.now() - Date.UTC(+hit[1], (hit[2] ?? 1) - 1, +(hit[3] ?? 1)) >= 366 * 864e5;
  return old ? say("finder.card.stale", { date: day(text) }) : day(text);
}
function cardOf(row, way) {
  const place = kept.core.places[row];
  const step = { yes: ["✓", "finder.yes"], limited: ["~", "finder.limited"], no: ["✗", "finder.no"] }[place.wheelchair] ?? ["?", "finder.unknown"];
  const web = /^https?:\/\//.test(place.website ?? "") ? [make("a", { href: place.website, lang: "de", dir: "ltr", rel: "noreferrer" }, place.website)] : undefined;
  const free = { [YES]: [say("finder.yes")], [NO]: [say("finder.no")] }[place.free ?? 0];
  const rows = [
    ["way", wayWords(place, way, row)],
    ["address", place.address ? [german(place.address)] : null],
    ["today", hoursWords(place)],
    ["stop", place.stop ? [german(place.stop[0]), ` (${distance(place.stop[1])})`] : undefined],
    ["step_free", [make("span", { "aria-hidden": "true" }, `${step[0]} `), say(step[1])]],
    ["languages", place.languages ? [german(place.languages.join(", "))] : null],
    ["free", free ?? null],
    ["for", place.groups ? [place.groups.slice(0, 4).map((group) => page.groups[group] ?? group).join(", ")] : undefined],
    ["website", web],
    ["date", [knownDay(place.source_date)]],
  ];
  const missing = rows.filter(([, said]) => said === null).map(([name]) => say(`finder.card.${name}`));
  const lines = [...rows.filter(([, said]) => said), ...(missing.length ? [["unknown", [missing.join(", ")]]] : [])];
  return make("li", {},
    make("h3", {}, german(place.name)),
    make("p", {}, (place.kinds ?? []).slice(0, 4).map((kind) => page.kinds[kind] ?? kind).join(", ")),
    phones(place.phones),
    make("dl", {}, ...lines.map(([name, said]) => make("div", {}, make("dt", {}, say(`finder.card.${name}`)), make("dd", {}, ...said)))),
    place.check ? make("p", {}, make("strong", {}, say("finder.card.check"))) : null,
    page.mail ? make("p", {}, make("a", { href: `mailto:${page.mail}?subject=${encodeURIComponent(`${say("finder.card.mistake")}: ${place.name.slice(0, 80)} (${place.id})`)}` }, say("finder.card.mistake"))) : null);
}

// ----- the answer -----
function wishes() {
  return { step_free: $("step_free").checked, language: $("language").value, open: $("open").value, group: $("group").value, free: $("free").checked };
}
function wishName(name) {
  const field = $(name);
  if (name === "step_free" || name === "free") { return say(`finder.more.${name}`); }
  return `${say(`finder.more.${name}`).replace(/[:：]$/, "")}: ${field.options[field.selectedIndex].text}`;
}
function startOf(district) { return { kind: "district", id: district.id, x: district.xy[0], y: district.xy[1], outside: 0 }; }
async function wayTo(start) {
  if (start.kind !== "district") {
    kept.streets ??= await loadOnce("streets");
    return waysFrom(kept.core, kept.streets, start);
  }
  const found = await loadOnce(`ways/${start.id}`);
  return { m: found.m, how: Array.from(found.how, Number) };
}
let turn = 0;
async function answer() {
  const mine = ++turn;
  kept.core ??= await loadOnce("core");
  const district = kept.core.districts.find((each) => String(each.id) === asked.district);
  const start = asked.start ?? (district ? startOf(district) : null);
  if (start) { showOffices(kept.core.districts.find((each) => each.id === start.id)); }
  if (!asked.need || !start) { status(say("finder.start")); $("cards").replaceChildren(); $("more").hidden = true; $("from").textContent = ""; return; }
  const way = await wayTo(start);
  if (mine !== turn) { return; }
  const found = find(kept.core, asked.need, way, wishes(), now());
  const rows = found.rows.slice(0, asked.shown);
  const count = rows.length ? say("finder.count", { total: number(found.total, 0), shown: number(rows.length, 0) }) : say("finder.none");
  status(found.dropped.length ? `${say("finder.dropped", { wishes: found.dropped.map(wishName).join(", ") })} ${count}` : count);
  $("from").textContent = rows.length ? `${fromWords(start)} ${say("finder.ask_first")}` : "";
  $("cards").replaceChildren(...rows.map((row) => cardOf(row, way)));
  $("more").hidden = rows.length >= Math.min(found.rows.length, 30);
  document.documentElement.dataset.answered = `${asked.need} ${start.id} ${found.rows.slice(0, 30).join(",")} ${found.dropped.join(",")}`;
  performance.mark("answered");
  if (shownMap) { shownMap.draw(found.rows, start); }
}
function fromWords(start) {
  const name = kept.core.districts.find((each) => each.id === start.id)?.name ?? "";
  if (start.outside > 0) { return say("finder.where.outside", { distance: distance(start.outside), district: name }); }
  return say(start.kind === "district" ? "finder.from.district" : "finder.from.exact", { district: name });
}
function status(text) { if ($("status").textContent !== text) { $("status").textContent = text; } }
function showOffices(district) {
  $("office").hidden = false;
  $("office_title").replaceChildren(...filled("finder.office", "district", german(district.name)));
  $("offices").replaceChildren(...(district.offices.length ? district.offices.map((each) => make("li", {},
    make("strong", {}, german(each.name)), each.place ? ", " : null, each.place ? german(each.place) : null,
    ` (${say(`finder.level.${each.level}`)})`, phones(each.phones))) : [make("li", {}, say("finder.office.none"))]));
}

// ----- where -----
async function setPoint(x, y, kind) {
  kept.core ??= await loadOnce("core");
  kept.where ??= await loadOnce("where");
  asked.start = { kind, ...districtAt(kept.where, x, y) };
  $("forget").hidden = false;
  notice("");
  await answer();
}
function notice(text) { $("notice").textContent = text; }
function forget() {
  asked.start = null;
  $("typed").value = "";
  $("meant").replaceChildren();
  $("forget").hidden = true;
  notice("");
}
async function typed() {
  kept.where ??= await loadOnce("where");
  kept.core ??= await loadOnce("core");
  const hits = suggestions(kept.where, $("typed").value);
  asked.start = null;
  $("meant").replaceChildren();
  notice($("typed").value.trim() && !hits.length ? say("finder.where.nothing") : "");
  if (!hits.length) { await answer(); return; }
  const take = async ([name, , type, id, district, x, y]) => {
    const area = type === "district" ? kept.core.districts.find((each) => each.id === id) : null;
    if (area) { asked.start = startOf(area); $("forget").hidden = false; await answer(); } else { await setPoint(x, y, "typed"); }
  };
  if (hits.length > 1) {
    $("meant").append(make("legend", {}, say("finder.where.meant")), ...hits.map((hit, at) => {
      const choice = make("input", { type: "radio", name: "meant", id: `meant${at}` });
      choice.checked = at === 0;
      choice.addEventListener("change", () => take(hit));
      const district = kept.core.districts.find((each) => each.id === hit[4]);
      return make("label", { class: "check" }, choice, german(district && hit[2] !== "district" ? `${hit[0]} (${district.name})` : hit[0]));
    }));
  }
  await take(hits[0]);
}
function locate() {
  const refused = () => notice(say("finder.where.refused"));
  if (!navigator.geolocation) { refused(); return; }
  navigator.geolocation.getCurrentPosition((found) => {
    const [x, y] = toMetres(found.coords.longitude, found.coords.latitude);
    if (Number.isFinite(x + y)) { loadOnce("core").then((core) => setPoint(x - core.origin[0], y - core.origin[1], "device")); } else { refused(); }
  }, refused, { timeout: 15000, maximumAge: 60000 });
}

// ----- the map: loaded when somebody wants it -----
let shownMap = null;
function addFile(tag, attributes) {
  return new Promise((resolve, reject) => {
    const made = make(tag, attributes);
    made.addEventListener("load", resolve);
    made.addEventListener("error", reject);
    document.head.append(made);
  });
}
async function showMap() {
  if (!$("map_wanted").checked) { $("map").hidden = true; return; }
  $("map").hidden = false;
  if (shownMap) { return; }
  await Promise.all([addFile("link", { rel: "stylesheet", href: `${page.assets}leaflet/leaflet.css` }), addFile("script", { src: `${page.assets}leaflet/leaflet.js` }), addFile("script", { src: `${page.assets}map.js?v=${page.version}` })]);
  kept.core ??= await loadOnce("core");
  kept.where ??= await loadOnce("where");
  kept.streets ??= await loadOnce("streets");
  shownMap = drawMap($("map"), kept, { tap: (x, y) => setPoint(x, y, "tap"), place: (row) => kept.core.places[row], say, german, make });
  await answer();
}

// ----- beginning -----
function follow() {
  const wanted = new URLSearchParams(location.search);
  asked.need = page.needs[wanted.get("need")] ? wanted.get("need") : "";
  asked.district = Array.from($("district").options).some((each) => each.value === wanted.get("district")) ? wanted.get("district") : "";
  $("need").value = asked.need;
  $("district").value = asked.district;
}
function remember() {
  const wanted = new URLSearchParams();
  if (asked.need) { wanted.set("need", asked.need); }
  if (asked.district) { wanted.set("district", asked.district); }
  history.replaceState(null, "", wanted.size ? `?${wanted}` : location.pathname);
  document.querySelectorAll("nav a").forEach((link) => { link.search = wanted.toString(); });
}
const changed = () => { asked.shown = 5; answer().catch(() => status(say("finder.start"))); };
follow();
remember();
$("need").addEventListener("change", () => { asked.need = $("need").value; remember(); changed(); });
$("district").addEventListener("change", () => { asked.district = $("district").value; forget(); remember(); changed(); });
["step_free", "language", "open", "group", "free", "pace"].forEach((id) => $(id).addEventListener("change", changed));
$("typed").addEventListener("change", typed);
$("forget").addEventListener("click", () => { forget(); changed(); });
$("locate").addEventListener("click", locate);
$("more").addEventListener("click", () => { asked.shown += 5; answer(); });
$("print").addEventListener("click", () => window.print());
$("map_wanted").addEventListener("change", showMap);
$("questions").addEventListener("submit", (event) => event.preventDefault());
if (asked.need && asked.district) { loadOnce(`ways/${asked.district}`); }
changed();
if ("serviceWorker" in navigator && location.protocol.startsWith("http")) {
  window.addEventListener("load", () => navigator.serviceWorker.register(`${page.root}sw.js`).catch(() => undefined));
}
