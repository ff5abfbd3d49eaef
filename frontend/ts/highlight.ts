// The chosen parcel's outline, and the part of it that a reason lights.
import type { GeoJsonObject } from "geojson";
import type { GeoJSON, Map as LeafletMap } from "leaflet";

export class Highlight {
  private readonly outline: GeoJSON[];
  private readonly lit: GeoJSON;

  constructor(map: LeafletMap) {
    const layer = (style: L.PathOptions) => L.geoJSON(undefined, { style: () => style, interactive: false }).addTo(map);
    this.lit = layer({ stroke: true, color: "#8a4b00", weight: 2, fillColor: "#f2a72e", fillOpacity: 0.55 });
    this.outline = [
      layer({ color: "#ffffff", weight: 7, opacity: 0.95, fill: false }),
      layer({ color: "#07434b", weight: 3.5, fill: true, fillColor: "#0b5c66", fillOpacity: 0.08 }),
    ];
  }

  parcel(geometry: GeoJsonObject | null): void {
    for (const layer of this.outline) {
      layer.clearLayers();
      if (geometry) layer.addData(geometry);
    }
    this.light(null);
  }

  light(geometry: GeoJsonObject | null): void {
    this.lit.clearLayers();
    if (geometry) this.lit.addData(geometry);
  }
}
