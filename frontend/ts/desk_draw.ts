// Drawing areas on a map of the desk into a hidden field of the form, as GeoJSON in WGS 84.
import "@geoman-io/leaflet-geoman-free";
import "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css";
import "./desk";
import type { Feature, FeatureCollection, GeoJsonObject } from "geojson";
import type { GeoJSON, Layer, Map as LeafletMap } from "leaflet";
import { deskMap, type DeskMapData } from "./desk_map";
import { areaOf } from "./desk_area";
import { element, readBlock } from "./page_data";
import { digits, isPersian, say, speak, t, type Bilingual } from "./wording";

interface Place {
  label: Bilingual;
  code: string;
  geometry: GeoJsonObject;
}

interface DrawData extends DeskMapData {
  shape: string;
  places: Place[];
}

const COLORS = ["#8a3b12", "#c8801b", "#5b4a72", "#0b5c66"];
const STYLE = { color: "#07434b", weight: 3, fillColor: "#0b5c66", fillOpacity: 0.2 };

/** Keeps the form's field equal to what is drawn, and says how large it is. */
class Drawing {
  constructor(
    private readonly map: LeafletMap,
    private readonly input: HTMLInputElement,
    private readonly told: HTMLElement,
  ) {
    map.pm.setGlobalOptions({ pathOptions: STYLE, snappable: true, allowSelfIntersection: false });
    map.pm.setLang(isPersian() ? "fa" : "en");
    map.pm.addControls({
      position: "topleft", drawMarker: false, drawCircleMarker: false, drawPolyline: false, drawCircle: false,
      drawText: false, rotateMode: false, cutPolygon: false, dragMode: false,
    });
    map.on("pm:create", ({ layer }) => this.watch(layer));
    map.on("pm:remove", () => this.keep());
    this.restore();
    this.keep();
  }

  private restore(): void {
    if (!this.input.value) return;
    const drawn = L.geoJSON(JSON.parse(this.input.value) as GeoJsonObject, { style: STYLE });
    drawn.eachLayer((layer) => {
      layer.addTo(this.map);
      this.watch(layer);
    });
    const bounds = drawn.getBounds();
    if (bounds.isValid()) this.map.fitBounds(bounds, { maxZoom: 18, padding: [40, 40] });
  }

  private watch(layer: Layer): void {
    layer.on("pm:edit pm:change", () => this.keep());
    this.keep();
  }

  private keep(): void {
    const layers = this.map.pm.getGeomanLayers() as (Layer & { toGeoJSON(): Feature })[];
    const features = layers.map((layer) => layer.toGeoJSON()).filter((f) => f.geometry.type.endsWith("Polygon"));
    const all: FeatureCollection = { type: "FeatureCollection", features };
    this.input.value = features.length ? JSON.stringify(all) : "";
    const m2 = Math.round(features.reduce((sum, f) => sum + areaOf(f.geometry), 0));
    this.told.textContent = features.length ? t("drawn_area", { m2: m2.toLocaleString("en"), n: features.length }) : t("draw_hint");
    this.told.textContent = digits(this.told.textContent);
  }
}

function show(map: LeafletMap, places: Place[]): void {
  const layers: GeoJSON[] = places.map((place, i) => {
    const color = COLORS[i % COLORS.length] ?? "#07434b";
    const layer = L.geoJSON(place.geometry, { style: { color, weight: 2, fillColor: color, fillOpacity: 0.25 } });
    (layer as GeoJSON & { options: { pmIgnore?: boolean } }).options.pmIgnore = true;
    layer.eachLayer((one) => ((one.options as { pmIgnore?: boolean }).pmIgnore = true));
    return layer.bindTooltip(`${say(place.label)} ${place.code}`, { sticky: true }).addTo(map);
  });
  const bounds = layers.reduce((sum, layer) => sum.extend(layer.getBounds()), L.latLngBounds([]));
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [20, 20] });
}

const data = readBlock<DrawData>("page-data");
const box = document.getElementById("draw-map");
if (data && box) {
  speak(data.language, data.texts);
  const map = deskMap(box, data);
  const told = document.createElement("p");
  told.className = "hint";
  told.setAttribute("role", "status");
  box.after(told);
  new Drawing(map, element<HTMLInputElement>(box.dataset["input"] ?? "shape"), told);
  show(map, data.places);
}
