import { expect, it } from "vitest";
import { insidePoint } from "./inside";

const ring = (...points: [number, number][]) => points.map(([x, y]) => ({ x, y }));

it("is the middle of a square", () => {
  const at = insidePoint([ring([0, 0], [10, 0], [10, 10], [0, 10], [0, 0])]);
  expect(at?.x).toBeCloseTo(5);
  expect(at?.y).toBeCloseTo(5, 2);
});

it("stays inside a U, whose middle is empty", () => {
  // ┌┐ ┌┐
  // │└─┘│  the bar below is 2 high, the legs 2 wide
  const u = ring([0, 0], [2, 0], [2, 8], [8, 8], [8, 0], [10, 0], [10, 10], [0, 10], [0, 0]);
  const at = insidePoint([u]);
  expect(at && (at.x < 2 || at.x > 8)).toBe(true);
});

it("avoids a hole", () => {
  const outer = ring([0, 0], [10, 0], [10, 10], [0, 10], [0, 0]);
  const hole = ring([1, 1], [1, 9], [6, 9], [6, 1], [1, 1]);
  const at = insidePoint([outer, hole]);
  expect(at && at.x > 6 && at.x < 10).toBe(true);
});

it("gives nothing for an area without height", () => {
  expect(insidePoint([ring([0, 3], [5, 3])])).toBeNull();
});
