// The map where there is script: MapLibre GL in the place of the picture. The list beside it stays what the
// server made: each time the map has been moved, the page for what it shows now is fetched and its list put in.
import { Map as View, Marker, NavigationControl, addProtocol, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, StyleSpecification } from "maplibre-gl";
import { Protocol } from "pmtiles";

/** The land that comes along; outside of it we know nothing. */
const EDGES: [[number, number], [number, number]] = [[11.2, 57.3], [12.7, 58.1]];
const box = document.querySelector<HTMLElement>("#map");
if (box) start(box);

function start(box: HTMLElement): void {
  const said = (name: string): string => box.dataset[name] ?? "";
  const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const live = document.createElement("div");
  live.className = "maplive";
  setWorkerUrl(said("worker"));

  const style = (): StyleSpecification => {
    const made: StyleSpecification = {
      version: 8,
      sources: {
        land: { type: "geojson", data: "/karta/land.geojson" },
        found: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      },
      layers: [
        { id: "water", type: "background", paint: { "background-color": colour("--map-water") } },
        { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--map-land") } },
        { id: "coast", type: "line", source: "land", paint: { "line-color": colour("--map-coast"), "line-width": 0.8 } },
      ],
    };
    if (said("tiles")) tiles(made);
    made.layers.push(
      { id: "areas", type: "fill", source: "found", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("--map-mark"), "fill-opacity": 0.08 } },
      { id: "edges", type: "line", source: "found", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": colour("--map-mark"), "line-width": 1.4 } },
      { id: "dots", type: "circle", source: "found", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": colour("--map-mark"), "circle-radius": 4.5, "circle-stroke-color": colour("--map-number"), "circle-stroke-width": 1.2 } },
    );
    return made;
  };

  /** A base map of the city's own choice above the coast: pictures, or shapes after Protomaps' schema. */
  const tiles = (made: StyleSpecification): void => {
    const from = said("tiles");
    const file = "file" in box.dataset;
    if (file) addProtocol("pmtiles", new Protocol().tile);
    const where = file ? { url: `pmtiles://${location.origin}${from}` } : { tiles: [from] };
    if (!("vector" in box.dataset)) {
      made.sources["tiles"] = { type: "raster", tileSize: 256, ...where };
      made.layers.push({ id: "tiles", type: "raster", source: "tiles" });
      return;
    }
    made.sources["tiles"] = { type: "vector", ...where };
    const fill = (id: string, name: string): void => {
      made.layers.push({ id: `tiles-${id}`, type: "fill", source: "tiles", "source-layer": id, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour(name) } });
    };
    const line = (id: string, name: string, width: number): void => {
      made.layers.push({ id: `tiles-${id}`, type: "line", source: "tiles", "source-layer": id, paint: { "line-color": colour(name), "line-width": width } });
    };
    fill("earth", "--map-land");
    fill("landuse", "--map-green");
    fill("water", "--map-water");
    line("roads", "--map-road", 1.2);
    fill("buildings", "--map-coast");
    line("boundaries", "--map-coast", 0.8);
  };

  // Where no view was asked for, all of it is seen: the view is that of the picture, which is 960 wide.
  const exact = /[?&](lat|at)=/.test(location.search);
  const fits = exact ? 0 : Math.min(0, Math.log2(Math.max(box.clientWidth, 200) / 960));
  let map: View;
  try {
    map = new View({
      container: live, style: style(), center: [Number(said("lon")), Number(said("lat"))], zoom: Number(said("zoom")) + fits,
      minZoom: 7, maxZoom: 19, maxBounds: EDGES, attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false,
      cooperativeGestures: true, fadeDuration: calm.matches ? 0 : 200,
      locale: {
        "Map.Title": said("label"), "NavigationControl.ZoomIn": said("nearer"), "NavigationControl.ZoomOut": said("farther"),
        "CooperativeGesturesHandler.WindowsHelpText": said("gesture"), "CooperativeGesturesHandler.MacHelpText": said("gestureMac"), "CooperativeGesturesHandler.MobileHelpText": said("fingers"),
      },
    });
  } catch {
    return; // Without WebGL the picture stays, with its links that move it.
  }
  box.append(live);
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  here();
  map.once("load", () => { box.dataset["live"] = ""; marks(); void features(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    map.setStyle(style());
    map.once("styledata", () => void features());
  });

  let shown: Marker[] = [];
  /** The numbers of the list, on the map. They only show: whoever goes by keyboard or ear has the list. */
  function marks(): void {
    for (const mark of shown) mark.remove();
    shown = [];
    for (const row of document.querySelectorAll<HTMLElement>(".mapitems > li")) {
      const own = document.createElement("span");
      own.className = "mapnum";
      own.textContent = row.dataset["number"] ?? "";
      own.setAttribute("aria-hidden", "true");
      const mark = new Marker({ element: own }).setLngLat([Number(row.dataset["lon"]), Number(row.dataset["lat"])]).addTo(map);
      own.removeAttribute("aria-label");
      own.addEventListener("click", () => {
        row.closest("details")?.setAttribute("open", "");
        row.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
        row.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
      });
      const light = (on: boolean) => () => own.classList.toggle("lit", on);
      row.addEventListener("pointerenter", light(true));
      row.addEventListener("pointerleave", light(false));
      row.addEventListener("focusin", light(true));
      row.addEventListener("focusout", light(false));
      shown.push(mark);
    }
  }

  function question(): URLSearchParams {
    const asked = new URLSearchParams({ layers: said("layers") });
    if (said("words")) asked.set("q", said("words"));
    if (said("events")) asked.set("events", said("events"));
    const middle = map.getCenter();
    asked.set("lat", middle.lat.toFixed(5));
    asked.set("lon", middle.lng.toFixed(5));
    asked.set("z", map.getZoom().toFixed(1));
    return asked;
  }
  function bounds(): string {
    const own = map.getBounds();
    return [own.getWest(), own.getSouth(), own.getEast(), own.getNorth()].map((n) => n.toFixed(5)).join(",");
  }

  let waiting: AbortController | undefined;
  async function features(): Promise<void> {
    const asked = question();
    asked.set("bbox", bounds());
    const answer = await fetch(`/karta/features.geojson?${asked}`);
    if (!answer.ok) return;
    map.getSource<GeoJSONSource>("found")?.setData(await answer.json());
  }

  /** The page for what the map shows now: its list, its layers' links and its picture. */
  async function follow(): Promise<void> {
    const asked = question();
    const address = `${said("path")}?${asked}`;
    const framed = document.body.classList.contains("mapframe");
    if (!framed) history.replaceState(null, "", address);
    asked.set("bbox", bounds());
    waiting?.abort();
    const turn = new AbortController();
    waiting = turn;
    try {
      const answer = await fetch(`${said("path")}?${asked}`, { signal: turn.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const held = document.activeElement?.closest<HTMLElement>(".mapitems > li");
      const place = held && `[data-lat="${held.dataset["lat"]}"][data-lon="${held.dataset["lon"]}"]`;
      swap(page, framed ? [".mapitems", ".mapstill"] : ["#map-list", ".mapstill", ".maplayers", ".mapmore"]);
      if (framed) {
        const count = page.querySelector(".mapcount");
        const summary = document.querySelector("#map-list > summary");
        if (count && summary) summary.textContent = count.textContent;
      }
      // What stays in the page is read out; a list that was put in anew is not.
      const told = document.querySelector("#map-said");
      if (told) told.textContent = document.querySelector(".mapcount")?.textContent ?? "";
      if (place) document.querySelector<HTMLElement>(`.mapitems > li${place} a`)?.focus({ preventScroll: true });
      marks();
      await features();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
    }
  }
  function swap(page: Document, names: string[]): void {
    for (const name of names) {
      const fresh = page.querySelector(name), old = document.querySelector(name);
      if (fresh && old) {
        if (fresh instanceof HTMLDetailsElement && old instanceof HTMLDetailsElement) fresh.open = old.open;
        old.replaceWith(fresh);
      }
    }
  }
  let later = 0;
  // A window that becomes wider moves nothing: the list stays as it was asked for.
  const place = (): string => { const own = question(); return `${own.get("lat")},${own.get("lon")},${own.get("z")}`; };
  let last = place();
  map.on("moveend", () => {
    if (place() === last) return;
    last = place();
    clearTimeout(later);
    later = window.setTimeout(() => void follow(), 300);
  });

  // “Show on the map” moves the map that is there.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(".mapitems a.show") : null;
    const row = link?.closest<HTMLElement>("li");
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    map.easeTo({ center: [Number(row.dataset["lon"]), Number(row.dataset["lat"])], zoom: Math.max(map.getZoom(), 14), animate: !calm.matches });
  });

  /** Where the reader is, only when the reader asks; it goes nowhere but into the view. */
  function here(): void {
    if (!navigator.geolocation) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ds-button maphere";
    button.dataset["variant"] = "secondary";
    button.textContent = said("here");
    const note = document.createElement("p");
    note.className = "maphere-note";
    note.setAttribute("role", "status");
    button.addEventListener("click", () => {
      note.textContent = "";
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const at: [number, number] = [coords.longitude, coords.latitude];
          const [[west, south], [east, north]] = EDGES;
          if (at[0] < west || at[0] > east || at[1] < south || at[1] > north) { note.textContent = said("hereWrong"); return; }
          const dot = document.createElement("span");
          dot.className = "mapme";
          new Marker({ element: dot }).setLngLat(at).addTo(map);
          map.easeTo({ center: at, zoom: 14, animate: !calm.matches });
        },
        () => { note.textContent = said("hereWrong"); },
        { maximumAge: 60_000, timeout: 10_000 },
      );
    });
    box.after(button, note);
  }
}
