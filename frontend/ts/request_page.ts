// The small map of a request: its parcel on our own tiles, not movable by accident.
import "../styles/page.css";
import type { GeoJsonObject } from "geojson";
import { startCaseFiles } from "./case_files_form";
import { Highlight } from "./highlight";
import { getJson } from "./net";
import { element, readBlock } from "./page_data";
import { backdropPaint, parcelPaint } from "./paint";
import { tileLayer } from "./tiles";
import { speak } from "./wording";

interface Minimap {
  language: string;
  geometry: GeoJsonObject;
  bbox: [number, number, number, number];
  layers: string;
  texts: Record<string, string>;
}

function draw(data: Minimap): void {
  const [west, south, east, north] = data.bbox;
  const map = L.map(element("minimap"), {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false,
    keyboard: false,
    maxZoom: 19,
  });
  map.fitBounds([[south, west], [north, east]], { maxZoom: 18, padding: [40, 40] });
  new Highlight(map).parcel(data.geometry);
  void getJson<{ tiles: Record<string, string> }>(data.layers).then(({ tiles }) => {
    map.createPane("under").style.zIndex = "210";
    if (tiles["backdrop"]) tileLayer({ url: tiles["backdrop"], pane: "under", paint: backdropPaint() }).addTo(map);
    if (tiles["parcels"]) tileLayer({ url: tiles["parcels"], pane: "under", paint: parcelPaint(), minZoom: 16 }).addTo(map);
  });
}

const data = readBlock<Minimap>("page-data");
if (data) {
  speak(data.language, data.texts);
  draw(data);
}
startCaseFiles();
