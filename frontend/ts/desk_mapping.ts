// Small maps of the intake: the first shapes of a file while it is mapped, and the findings of a report.
import type { Feature, FeatureCollection } from "geojson";
import type { GeoJSON, Layer, Map as LeafletMap } from "leaflet";
import { getJson, Trouble, withParameters } from "./net";
import { element, readBlock } from "./page_data";
import { backdropPaint, parcelPaint } from "./paint";
import { tileLayer } from "./tiles";
import { plain, speak, t } from "./wording";

interface Frame {
  language: string;
  bounds: [[number, number], [number, number]];
  layers: string;
  texts: Record<string, string>;
}
interface Picture extends Frame {
  url: string;
  layer: string;
}
interface Findings extends Frame {
  shapes: FeatureCollection;
}

const COLORS: Record<string, string> = { quarantined: "#b3261e", gap: "#7a4fb5", overlap: "#c77700", outside: "#00629b" };

function ground(frame: Frame): LeafletMap {
  const map = L.map(element("picture"), { attributionControl: false, maxZoom: 19 });
  map.fitBounds(frame.bounds);
  void getJson<{ tiles: Record<string, string> }>(frame.layers).then(({ tiles }) => {
    map.createPane("under").style.zIndex = "210";
    if (tiles["backdrop"]) tileLayer({ url: tiles["backdrop"], pane: "under", paint: backdropPaint() }).addTo(map);
    if (tiles["parcels"]) tileLayer({ url: tiles["parcels"], pane: "under", paint: parcelPaint(), minZoom: 16 }).addTo(map);
  }, () => undefined);
  return map;
}

/** Shows what is drawn; one shape far outside the city does not make all the others a dot. */
function fit(map: LeafletMap, drawn: GeoJSON, city: Frame["bounds"]): void {
  const frame = L.latLngBounds(city);
  const boxes = drawn.getLayers().map((layer) => ("getBounds" in layer ? (layer as L.Polygon).getBounds() : L.latLngBounds([(layer as L.CircleMarker).getLatLng()])));
  const near = boxes.filter((box) => box.isValid() && frame.intersects(box));
  const bounds = (near.length > 0 ? near : boxes).reduce((sum, box) => sum.extend(box), L.latLngBounds([]));
  if (bounds.isValid()) map.fitBounds(bounds, { maxZoom: 17, padding: [20, 20] });
}

function colour(feature?: Feature): string {
  return COLORS[String(feature?.properties?.["kind"])] ?? "#0b5c66";
}

async function picture(data: Picture): Promise<void> {
  const map = ground(data);
  const said = element("picture-said");
  try {
    const shapes = await getJson<FeatureCollection>(withParameters(data.url, { layer: data.layer }));
    const drawn = L.geoJSON(shapes, {
      style: () => ({ color: "#0b5c66", weight: 1.5, fillOpacity: 0.25 }),
      pointToLayer: (_, at) => L.circleMarker(at, { radius: 4 }),
      onEachFeature: (feature, layer) => layer.bindTooltip(plain(t("row", { n: Number(feature.properties?.["row"]) }))),
    }).addTo(map);
    said.textContent = t("picture_of", { n: shapes.features.length });
    fit(map, drawn, data.bounds);
  } catch (error) {
    said.textContent = error instanceof Trouble ? t("picture_failed", { why: error.message }) : t("failed");
  }
}

function findings(data: Findings): void {
  const map = ground(data);
  const by = new Map<string, Layer>();
  const placed = { ...data.shapes, features: data.shapes.features.filter((feature) => feature.geometry) };
  const drawn = L.geoJSON(placed, {
    style: (feature) => ({ color: colour(feature), weight: 2, fillOpacity: 0.35 }),
    onEachFeature: (feature, layer) => {
      by.set(String(feature.properties?.["key"]), layer);
      layer.bindPopup(plain(String(feature.properties?.["said"])));
    },
  }).addTo(map);
  fit(map, drawn, data.bounds);
  for (const pressed of document.querySelectorAll<HTMLElement>("[data-spot]")) {
    pressed.addEventListener("click", () => fly(map, by.get(pressed.dataset["spot"] ?? "")));
  }
}

function fly(map: LeafletMap, layer: Layer | undefined): void {
  if (!(layer instanceof L.Polygon)) return;
  map.fitBounds(layer.getBounds(), { maxZoom: 18, padding: [30, 30] });
  layer.openPopup(layer.getCenter());
  element("picture").scrollIntoView({ block: "nearest" });
}

function begin(): void {
  const looked = readBlock<Picture>("picture-data");
  const found = readBlock<Findings>("findings-data");
  const data = found ?? looked;
  if (!data || !document.getElementById("picture")) return;
  speak(data.language, data.texts);
  if (found) findings(found);
  else if (looked) void picture(looked);
}

begin();
