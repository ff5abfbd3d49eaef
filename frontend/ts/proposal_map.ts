// The map of a proposal: its parcel, what may be built on it, the footprint to draw, and what lies outside in red.
import type { Feature, FeatureCollection, GeoJsonObject } from "geojson";
import type { FeatureGroup, Map as LeafletMap } from "leaflet";
import { areaOf } from "./desk_act_area";
import { collected, named } from "./desk_act_map";
import { getJson } from "./net";
import { backdropPaint, parcelPaint } from "./paint";
import { tileLayer } from "./tiles";
import { digits, t } from "./wording";

export interface ProposalData {
  language: string;
  geometry: GeoJsonObject;
  bbox: [number, number, number, number];
  layers: string;
  envelope: string;
  footprint: GeoJsonObject | null;
  outside: GeoJsonObject | null;
  draw: boolean;
  texts: Record<string, string>;
}

const FOOTPRINT = { color: "#8a4b00", weight: 3, fillColor: "#f2a72e", fillOpacity: 0.45 };
const OUTSIDE = { color: "#9b1c1c", weight: 3, fillColor: "#e03030", fillOpacity: 0.6, pmIgnore: true };
const PARCEL = { color: "#07434b", weight: 3, fill: false, pmIgnore: true };
const ENVELOPE = { color: "#0b5c66", weight: 1, fillColor: "#0b5c66", fillOpacity: 0.14, pmIgnore: true };

export async function proposalMap(data: ProposalData, form: HTMLFormElement): Promise<void> {
  const box = document.getElementById("proposal-map");
  if (!box) return;
  if (data.draw) await import("./desk_act_geoman");
  const [west, south, east, north] = data.bbox;
  const map = L.map(box, { attributionControl: false, maxZoom: 21, scrollWheelZoom: false });
  map.fitBounds([[south, west], [north, east]], { maxZoom: 20, padding: [30, 30] });
  void ground(map, data.layers);
  still(data.geometry, PARCEL).addTo(map);
  void envelope(map, data.envelope);
  const footprint = L.featureGroup().addTo(map);
  if (data.footprint) flattened(data.footprint).forEach((one) => L.geoJSON(one, { style: () => FOOTPRINT }).eachLayer((layer) => footprint.addLayer(layer)));
  const outside = data.outside ? still(data.outside, OUTSIDE).addTo(map) : null;
  if (data.draw) drawing(map, footprint, form, () => outside?.remove());
}

function still(shape: GeoJsonObject, style: L.PathOptions): L.GeoJSON {
  return L.geoJSON(shape, { style: () => style, pmIgnore: true, interactive: false } as L.GeoJSONOptions);
}

/** The lowest level of the envelope: where a building may stand on the ground. */
async function envelope(map: LeafletMap, url: string): Promise<void> {
  try {
    const found = await getJson<FeatureCollection>(url);
    const levels = found.features.filter((feature) => feature.properties?.["role"] === "level");
    const lowest = levels.find((feature) => feature.properties?.["index"] === 0) ?? levels[0];
    if (lowest) still(lowest as GeoJsonObject, ENVELOPE).addTo(map).bringToBack();
  } catch {
    // The map is a help: without this layer the server still checks.
  }
}

async function ground(map: LeafletMap, url: string): Promise<void> {
  const { tiles } = await getJson<{ tiles: Record<string, string> }>(url);
  map.createPane("under").style.zIndex = "210";
  if (tiles["backdrop"]) tileLayer({ url: tiles["backdrop"], pane: "under", paint: backdropPaint() }).addTo(map);
  if (tiles["parcels"]) tileLayer({ url: tiles["parcels"], pane: "under", paint: parcelPaint(), minZoom: 16 }).addTo(map);
}

/** Parts of a shape one by one, so that each can be edited by itself. */
export function flattened(shape: GeoJsonObject): GeoJsonObject[] {
  if (shape.type === "FeatureCollection") return (shape as FeatureCollection).features.flatMap((one) => flattened(one));
  if (shape.type === "Feature") return flattened((shape as Feature).geometry);
  if (shape.type !== "MultiPolygon") return [shape];
  const parts = (shape as unknown as { coordinates: number[][][][] }).coordinates;
  return parts.map((coordinates) => ({ type: "Polygon", coordinates }) as GeoJsonObject);
}

function drawing(map: LeafletMap, place: FeatureGroup, form: HTMLFormElement, changed: () => void): void {
  map.pm.setLang(document.documentElement.lang.startsWith("fa") ? "fa" : "en");
  map.pm.setGlobalOptions({ layerGroup: place, pathOptions: FOOTPRINT, allowSelfIntersection: false });
  map.pm.addControls({
    position: "topleft", drawMarker: false, drawCircleMarker: false, drawPolyline: false, drawCircle: false, drawText: false,
    rotateMode: true, dragMode: true, cutPolygon: true,
  });
  named(map.getContainer());
  const note = (): void => {
    changed();
    noted(place, form);
  };
  map.on("pm:create pm:remove pm:cut", note);
  place.on("pm:edit pm:update pm:cut pm:dragend pm:rotateend", note);
  place.on("layeradd", ({ layer }) => (layer as L.Polygon).on?.("pm:edit pm:update pm:dragend pm:rotateend", note));
  place.eachLayer((layer) => (layer as L.Polygon).on("pm:edit pm:update pm:dragend pm:rotateend", note));
  said(place);
}

/** Writes what is drawn into the form; from now on it replaces the footprint that stood. */
function noted(place: FeatureGroup, form: HTMLFormElement): void {
  const drawn = said(place);
  (form.elements.namedItem("footprint") as HTMLInputElement).value = drawn ? JSON.stringify(drawn) : "";
  (form.elements.namedItem("footprint_is") as HTMLInputElement).value = "drawn";
}

function said(place: FeatureGroup): ReturnType<typeof collected> {
  const drawn = collected(place.getLayers().map((layer) => (layer as L.Polygon).toGeoJSON(9) as GeoJsonObject));
  const line = document.getElementById("drawn-area");
  if (line) line.textContent = drawn ? t("drawn_area", { area: digits(Math.round(areaOf(drawn)).toLocaleString("en")) }) : t("nothing_drawn");
  return drawn;
}
