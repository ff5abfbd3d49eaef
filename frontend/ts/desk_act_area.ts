// The area of what is drawn, in m², on a sphere cut flat around it: good to a percent, for people only.
import type { FeatureCollection, MultiPolygon, Polygon, Position } from "geojson";

const METRES_PER_DEGREE = 111_320;

/** m² of all polygons, holes taken out; overlaps of parts count twice, as the drawing does. */
export function areaOf(drawn: FeatureCollection<Polygon | MultiPolygon>): number {
  return drawn.features.reduce((sum, { geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return sum + polygons.reduce((all, rings) => all + ofPolygon(rings), 0);
  }, 0);
}

function ofPolygon([outer, ...holes]: Position[][]): number {
  return outer ? ofRing(outer) - holes.reduce((sum, hole) => sum + ofRing(hole), 0) : 0;
}

function ofRing(ring: Position[]): number {
  const latitude = ring[0]?.[1] ?? 0;
  const scale = METRES_PER_DEGREE ** 2 * Math.cos((latitude * Math.PI) / 180);
  let doubled = 0;
  for (let i = 0; i < ring.length - 1; i += 1) {
    const [x0 = 0, y0 = 0] = ring[i] ?? [];
    const [x1 = 0, y1 = 0] = ring[i + 1] ?? [];
    doubled += x0 * y1 - x1 * y0;
  }
  return (Math.abs(doubled) / 2) * scale;
}
