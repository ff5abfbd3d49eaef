import { expect, test } from "vitest";
import { areaOf } from "./desk_area";

const square = (lon: number, lat: number, side: number) => [
  [lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat],
];

test("a thousandth of a degree square at Isfahan is about 93 by 111 metres", () => {
  const area = areaOf({ type: "Polygon", coordinates: [square(51.67, 32.65, 0.001)] });
  expect(area).toBeGreaterThan(10_300);
  expect(area).toBeLessThan(10_500);
});

test("holes are taken off, parts are added, lines have none", () => {
  const whole = areaOf({ type: "Polygon", coordinates: [square(51.67, 32.65, 0.001)] });
  const holed = areaOf({ type: "Polygon", coordinates: [square(51.67, 32.65, 0.001), square(51.6705, 32.6505, 0.0002)] });
  expect(holed / whole).toBeCloseTo(0.96, 3);
  const twice = areaOf({ type: "MultiPolygon", coordinates: [[square(51.67, 32.65, 0.001)], [square(51.68, 32.65, 0.001)]] });
  expect(twice / whole).toBeCloseTo(2, 6);
  expect(areaOf({ type: "LineString", coordinates: square(51.67, 32.65, 0.001) })).toBe(0);
});
