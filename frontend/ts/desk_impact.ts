// The map of an impact report: touched parcels as points on a canvas, coloured by how their answer changes.
import "./page";
import "../styles/desk.css";
import "../styles/impact.css";
import type { Map as LeafletMap } from "leaflet";
import { byCourse, COLOURS, type Point } from "./desk_impact_points";
import { getJson } from "./net";
import { element, readBlock } from "./page_data";
import { backdropPaint, parcelPaint } from "./paint";
import { tileLayer } from "./tiles";
import { plain, speak, t } from "./wording";

interface ImpactData {
  language: string;
  center: [number, number];
  zoom: number;
  bounds: [[number, number], [number, number]];
  layers: string;
  points: string;
  parcel: string;
  courses: Record<string, string>;
  texts: Record<string, string>;
}

function groundMap(box: HTMLElement, data: ImpactData): LeafletMap {
  const map = L.map(box, { attributionControl: false, maxZoom: 19, minZoom: 10, preferCanvas: true });
  map.setView([data.center[1], data.center[0]], data.zoom);
  map.createPane("under").style.zIndex = "210";
  void getJson<{ tiles: Record<string, string> }>(data.layers).then(({ tiles }) => {
    if (tiles["backdrop"]) tileLayer({ url: tiles["backdrop"], pane: "under", paint: backdropPaint() }).addTo(map);
    if (tiles["parcels"]) tileLayer({ url: tiles["parcels"], pane: "under", paint: parcelPaint(), minZoom: 16 }).addTo(map);
  });
  return map;
}

function legend(list: HTMLElement, found: Map<string, Point[]>, names: Record<string, string>): void {
  for (const [course, points] of found) {
    const item = document.createElement("li");
    const spot = document.createElement("span");
    spot.className = `impact-spot ${course}`;
    item.append(spot, ` ${names[course] ?? course}: ${points.length.toLocaleString(document.documentElement.lang)}`);
    list.append(item);
  }
}

async function draw(data: ImpactData): Promise<void> {
  const map = groundMap(element("impact-map"), data);
  const drawn = element("impact-drawn");
  try {
    const { points, total } = await getJson<{ points: Point[]; total: number }>(data.points);
    const found = byCourse(points);
    const all = L.featureGroup();
    for (const [course, group] of found)
      for (const [code, , lon, lat] of group)
        L.circleMarker([lat, lon], { radius: 4, weight: 1, color: "#fff", fillColor: COLOURS[course] ?? "#555", fillOpacity: 0.9 })
          .bindTooltip(plain(code))
          .on("click", () => window.location.assign(data.parcel.replace("CODE", code)))
          .addTo(all);
    all.addTo(map);
    if (points.length) map.fitBounds(all.getBounds().pad(0.1), { maxZoom: 17 });
    legend(element("impact-legend"), found, data.courses);
    drawn.textContent = t(points.length < total ? "some_drawn" : "all_drawn", { n: points.length, total });
  } catch {
    drawn.textContent = t("failed");
  }
}

const data = readBlock<ImpactData>("impact-data");
if (data) {
  speak(data.language, data.texts);
  void draw(data);
}
