// How large a drawn area is, near enough to tell a house from a quarter; what counts is computed by the server.
import type { Geometry, Position } from "geojson";

const EARTH_M = 6_371_008.8;
const rad = (degrees: number): number => (degrees * Math.PI) / 180;

/** m² of a ring of [lon, lat] on a sphere, positive whichever way it turns. */
function ring(points: Position[]): number {
  let sum = 0;
  for (let i = 0; i < points.length - 1; i++) {
    const [lon1 = 0, lat1 = 0] = points[i] ?? [];
    const [lon2 = 0, lat2 = 0] = points[i + 1] ?? [];
    sum += rad(lon2 - lon1) * (2 + Math.sin(rad(lat1)) + Math.sin(rad(lat2)));
  }
  return Math.abs((sum * EARTH_M * EARTH_M) / 2);
}

function polygon(rings: Position[][]): number {
  const [outer = [], ...holes] = rings;
  return ring(outer) - holes.reduce((sum, hole) => sum + ring(hole), 0);
}

/** m² of a polygon or multipolygon in WGS 84; 0 for anything else. */
export function areaOf(geometry: Geometry): number {
  if (geometry.type === "Polygon") return polygon(geometry.coordinates);
  if (geometry.type === "MultiPolygon") return geometry.coordinates.reduce((sum, one) => sum + polygon(one), 0);
  return 0;
}
