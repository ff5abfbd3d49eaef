import { expect, test } from "vitest";
import { byCourse, type Point } from "./desk_impact_points";

test("points are grouped, the gravest course first, empty ones left out", () => {
  const points: Point[] = [
    ["a", "more", 1, 2],
    ["b", "opens", 1, 2],
    ["c", "more", 3, 4],
  ];
  const found = byCourse(points);
  expect([...found.keys()]).toEqual(["opens", "more"]);
  expect(found.get("more")?.map((point) => point[0])).toEqual(["a", "c"]);
});

test("nothing touched draws nothing", () => {
  expect(byCourse([]).size).toBe(0);
});
