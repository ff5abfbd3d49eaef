// A place is shown by pressing on the map or by the device's position; two hidden fields of the form keep it.
import type { CircleMarker, Map as LeafletMap } from "leaflet";
import { NoFix, whereAmI, within, type Bounds } from "./locate";
import { getJson } from "./net";
import { element, readBlock } from "./page_data";
import { backdropPaint, parcelPaint } from "./paint";
import { tileLayer } from "./tiles";
import { t } from "./wording";

export interface PlaceData {
  language: string;
  center: [number, number];
  zoom: number;
  bounds: Bounds;
  layers: string;
  texts: Record<string, string>;
}

const DIGITS = 6;
const NEAR = 18;

/** The two fields and the sentence beside them. */
export class ChosenPlace {
  constructor(
    private readonly lon: HTMLInputElement,
    private readonly lat: HTMLInputElement,
    private readonly said: HTMLElement,
  ) {}

  /** What the form holds; null = nothing, or no numbers. */
  get place(): { lat: number; lon: number } | null {
    const [lon, lat] = [this.lon.value, this.lat.value];
    if (!lon || !lat || Number.isNaN(Number(lon)) || Number.isNaN(Number(lat))) return null;
    return { lon: Number(lon), lat: Number(lat) };
  }

  choose(place: { lat: number; lon: number }): void {
    this.lon.value = place.lon.toFixed(DIGITS);
    this.lat.value = place.lat.toFixed(DIGITS);
    this.say(this.said.dataset["chosen"] ?? "");
  }

  clear(): void {
    this.lon.value = this.lat.value = "";
    this.say(this.said.dataset["none"] ?? "");
  }

  say(sentence: string): void {
    this.said.textContent = sentence;
  }
}

class PlaceMap {
  private mark: CircleMarker | null = null;

  constructor(
    readonly map: LeafletMap,
    private readonly chosen: ChosenPlace,
  ) {}

  choose(place: { lat: number; lon: number }): void {
    this.chosen.choose(place);
    this.show(place);
  }

  clear(): void {
    this.mark?.remove();
    this.mark = null;
    this.chosen.clear();
  }

  show({ lat, lon }: { lat: number; lon: number }): void {
    this.mark?.remove();
    this.mark = L.circleMarker([lat, lon], { radius: 11, color: "#fff", weight: 3, fillColor: "#9b1c1c", fillOpacity: 1 }).addTo(this.map);
  }
}

function draw(data: PlaceData): LeafletMap {
  const map = L.map(element("place-map"), { attributionControl: false, maxZoom: 19, minZoom: 10, scrollWheelZoom: false });
  map.setView([data.center[1], data.center[0]], data.zoom);
  map.setMaxBounds(L.latLngBounds(data.bounds).pad(0.3));
  void getJson<{ tiles: Record<string, string> }>(data.layers).then(({ tiles }) => {
    map.createPane("under").style.zIndex = "210";
    if (tiles["backdrop"]) tileLayer({ url: tiles["backdrop"], pane: "under", paint: backdropPaint() }).addTo(map);
    if (tiles["parcels"]) tileLayer({ url: tiles["parcels"], pane: "under", paint: parcelPaint(), minZoom: 16 }).addTo(map);
  });
  return map;
}

async function locate(on: PlaceMap, chosen: ChosenPlace, bounds: Bounds): Promise<void> {
  chosen.say(t("locating"));
  try {
    const fix = await whereAmI();
    if (!within(fix, bounds)) {
      chosen.say(t("outside_city"));
      return;
    }
    on.map.setView([fix.lat, fix.lon], NEAR);
    on.choose(fix);
  } catch (error) {
    chosen.say(error instanceof NoFix ? error.sentence : t("failed"));
  }
}

/** Shows the map and its buttons; what was chosen before is on it. */
export function startPlace(data: PlaceData): void {
  if (!readBlock("place-data") || typeof L === "undefined") return;
  for (const part of document.querySelectorAll<HTMLElement>("[data-with-script], #place-map")) part.hidden = false;
  const chosen = new ChosenPlace(element("place-lon"), element("place-lat"), element("place-said"));
  const on = new PlaceMap(draw(data), chosen);
  const before = chosen.place;
  if (before) {
    on.map.setView([before.lat, before.lon], NEAR);
    on.show(before);
  }
  on.map.on("click", ({ latlng }) => on.choose({ lat: latlng.lat, lon: latlng.lng }));
  element("place-locate").addEventListener("click", () => void locate(on, chosen, data.bounds));
  document.getElementById("place-clear")?.addEventListener("click", () => on.clear());
}
