// The place of an act: drawn with polygons, holes and parts, or only shown. The server measures; this is about.
import type { Feature, FeatureCollection, GeoJsonObject, MultiPolygon, Polygon } from "geojson";
import type { FeatureGroup, Map as LeafletMap } from "leaflet";
import { areaOf } from "./desk_act_area";
import { getJson } from "./net";
import { backdropPaint, districtPaint, parcelPaint } from "./paint";
import { tileLayer } from "./tiles";
import { digits, plain, say, t, type Bilingual } from "./wording";

/** A place that is only shown: what a registration would make. */
export interface ShownPlace {
  label: Bilingual;
  code: string;
  geometry: GeoJsonObject;
}

export interface ActData {
  language: string;
  calendar: string;
  today: string;
  bounds: [[number, number], [number, number]];
  layers: string;
  scope: GeoJsonObject | null;
  draw: boolean;
  places?: ShownPlace[];
  texts: Record<string, string>;
}

const STYLE = { color: "#8a4b00", weight: 3, fillColor: "#f2a72e", fillOpacity: 0.35 };
const SHOWN = ["#8a3b12", "#c8801b", "#5b4a72", "#0b5c66"];
const POLYGONAL = new Set(["Polygon", "MultiPolygon"]);

/** What was drawn, as the server reads it; null when nothing is. */
export function collected(layers: GeoJsonObject[]): FeatureCollection<Polygon | MultiPolygon> | null {
  const features = layers
    .flatMap((layer) => (layer.type === "FeatureCollection" ? (layer as FeatureCollection).features : [layer as Feature]))
    .filter((feature): feature is Feature<Polygon | MultiPolygon> => POLYGONAL.has(feature.geometry?.type ?? ""))
    .map((feature) => ({ type: "Feature" as const, properties: {}, geometry: feature.geometry }));
  return features.length > 0 ? { type: "FeatureCollection", features } : null;
}

/** Starts the map of the page, if it has one. */
export async function placeMap(data: ActData): Promise<void> {
  const box = document.getElementById(data.draw ? "draw-map" : "scope-map");
  if (!box) return;
  if (data.draw) await import("./desk_act_geoman");
  const map = L.map(box, { attributionControl: false, maxZoom: 20, scrollWheelZoom: data.draw });
  map.fitBounds(data.bounds);
  void ground(map, data.layers);
  const place = L.featureGroup().addTo(map);
  if (data.scope) {
    L.geoJSON(data.scope, { style: () => STYLE }).eachLayer((layer) => place.addLayer(layer));
    map.fitBounds(place.getBounds(), { maxZoom: 18, padding: [30, 30] });
  }
  showPlaces(map, data.places ?? []);
  if (data.draw) drawing(map, place, data.language);
}

/** Places under the drawing, which its tools leave alone. */
function showPlaces(map: LeafletMap, places: ShownPlace[]): void {
  const all = L.featureGroup();
  places.forEach((place, i) => {
    const color = SHOWN[i % SHOWN.length] ?? "#07434b";
    const style = { color, weight: 2, fillColor: color, fillOpacity: 0.25, pmIgnore: true };
    L.geoJSON(place.geometry, { style: () => style, pmIgnore: true } as L.GeoJSONOptions)
      .bindTooltip(plain(`${say(place.label)} ${place.code}`), { sticky: true })
      .addTo(all);
  });
  all.addTo(map);
  if (places.length > 0) map.fitBounds(all.getBounds(), { padding: [20, 20] });
}

async function ground(map: LeafletMap, url: string): Promise<void> {
  const { tiles } = await getJson<{ tiles: Record<string, string> }>(url);
  map.createPane("under").style.zIndex = "210";
  const { backdrop, districts, parcels } = tiles;
  if (backdrop) tileLayer({ url: backdrop, pane: "under", paint: backdropPaint() }).addTo(map);
  if (districts) tileLayer({ url: districts, pane: "under", paint: districtPaint() }).addTo(map);
  if (parcels) tileLayer({ url: parcels, pane: "under", paint: parcelPaint(), minZoom: 16 }).addTo(map);
}

function drawing(map: LeafletMap, place: FeatureGroup, language: string): void {
  map.pm.setLang(language.startsWith("fa") ? "fa" : "en");
  map.pm.setGlobalOptions({ layerGroup: place, pathOptions: STYLE, allowSelfIntersection: false });
  map.pm.addControls({
    position: "topleft", drawMarker: false, drawCircleMarker: false, drawPolyline: false, drawCircle: false, drawText: false,
    rotateMode: false, dragMode: false,
  });
  named(map.getContainer());
  const note = (): void => noted(place);
  map.on("pm:create pm:remove pm:cut", note);
  place.on("pm:edit pm:update pm:cut layeradd layerremove", note);
  note();
}

/** The tools' names stand as hints around their buttons: said to those who do not see them, too. */
export function named(box: HTMLElement): void {
  for (const button of box.querySelectorAll<HTMLElement>(".leaflet-buttons-control-button")) {
    const hint = button.closest<HTMLElement>("[title]")?.title;
    if (hint) button.setAttribute("aria-label", hint);
  }
}

function noted(place: FeatureGroup): void {
  const input = document.querySelector<HTMLInputElement>("input[name=scope]");
  const said = document.getElementById("drawn-area");
  if (!input || !said) return;
  const drawn = collected(place.getLayers().map((layer) => (layer as L.Polygon).toGeoJSON() as GeoJsonObject));
  input.value = drawn ? JSON.stringify(drawn) : "";
  said.textContent = drawn ? t("drawn_area", { area: digits(Math.round(areaOf(drawn)).toLocaleString("en")) }) : t("nothing_drawn");
}
