// A map of the desk: our own tiles under whatever the page draws on it.
import type { Map as LeafletMap } from "leaflet";
import { getJson } from "./net";
import { backdropPaint, parcelPaint } from "./paint";
import { tileLayer } from "./tiles";

export interface DeskMapData {
  language: string;
  center: [number, number];
  zoom: number;
  bounds: [[number, number], [number, number]];
  layers: string;
  texts: Record<string, string>;
}

/** The map in `box` with backdrop and parcels; centre and zoom of the city. */
export function deskMap(box: HTMLElement, data: DeskMapData): LeafletMap {
  const map = L.map(box, { attributionControl: false, maxZoom: 19, minZoom: 10 });
  map.setView([data.center[1], data.center[0]], data.zoom);
  map.createPane("under").style.zIndex = "210";
  void getJson<{ tiles: Record<string, string> }>(data.layers).then(({ tiles }) => {
    if (tiles["backdrop"]) tileLayer({ url: tiles["backdrop"], pane: "under", paint: backdropPaint() }).addTo(map);
    if (tiles["parcels"]) tileLayer({ url: tiles["parcels"], pane: "under", paint: parcelPaint(), minZoom: 16 }).addTo(map);
  });
  return map;
}
