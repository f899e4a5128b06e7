// Runs before anything else: what the first answer needs is on its way while the page is still being read.
const early = {};
{
  const packed = "DecompressionStream" in window ? ".packed" : "";
  const ask = (name) => { early[name] = fetch(`@ROOT@data/${name}.json${packed}?v=@VERSION@`); early[name].catch(() => undefined); };
  ask("core");
  const district = /[?&]district=(\d+)/.exec(location.search);
  if (district) { ask(`ways/${district[1]}`); }
}
