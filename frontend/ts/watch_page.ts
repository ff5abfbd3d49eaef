// What a person watches: the area is drawn on our own map and sent as a shape within the form.
import "./page";
import "@geoman-io/leaflet-geoman-free";
import "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css";
import type { Polygon } from "leaflet";
import { getJson } from "./net";
import { element, readBlock } from "./page_data";
import { backdropPaint, districtPaint, parcelPaint } from "./paint";
import { tileLayer } from "./tiles";
import { isPersian, speak } from "./wording";
import { OneShape } from "./watch_shape";

interface Data {
  language: string;
  center: [number, number];
  zoom: number;
  bounds: [[number, number], [number, number]];
  layers: string;
  texts: Record<string, string>;
}

function draw(data: Data): void {
  speak(data.language, data.texts);
  const map = L.map(element("watch-map"), { attributionControl: false, maxZoom: 19, minZoom: 10, scrollWheelZoom: false });
  map.setView([data.center[1], data.center[0]], data.zoom);
  map.setMaxBounds(L.latLngBounds(data.bounds).pad(0.3));
  map.pm.setLang(isPersian() ? "fa" : "en");
  const options = ["drawMarker", "drawCircleMarker", "drawPolyline", "drawCircle", "drawText", "cutPolygon", "rotateMode", "dragMode"];
  map.pm.addControls({ position: "topleft", ...Object.fromEntries(options.map((name) => [name, false])) });
  map.pm.setGlobalOptions({ allowSelfIntersection: false });
  const shape = new OneShape({ form: element("watch-area"), field: element("watch-shape"), said: element("watch-said") });
  map.on("pm:create", ({ layer }) => {
    shape.drawn(layer as Polygon);
    layer.on("pm:edit pm:update", () => shape.drawn(layer as Polygon));
  });
  map.on("pm:remove", ({ layer }) => shape.removed(layer as Polygon));
  void getJson<{ tiles: Record<string, string> }>(data.layers).then(({ tiles }) => {
    map.createPane("under").style.zIndex = "210";
    if (tiles["backdrop"]) tileLayer({ url: tiles["backdrop"], pane: "under", paint: backdropPaint() }).addTo(map);
    if (tiles["districts"]) tileLayer({ url: tiles["districts"], pane: "under", paint: districtPaint() }).addTo(map);
    if (tiles["parcels"]) tileLayer({ url: tiles["parcels"], pane: "under", paint: parcelPaint(), minZoom: 16 }).addTo(map);
  });
}

const data = readBlock<Data>("page-data");
if (data) draw(data);
