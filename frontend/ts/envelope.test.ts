import { describe, expect, it } from "vitest";
import { heightText, labelled, levelTop, outlineOf } from "./envelope_shape";

describe("the shapes of the turnable envelope", () => {
  it("takes the closing points off and tells holes from the outline", () => {
    const square: [number, number][] = [[0, 0], [4, 0], [4, 4], [0, 0]];
    const hole: [number, number][] = [[1, 1], [1, 2], [2, 2], [1, 1]];
    expect(outlineOf([square, hole])).toEqual({ outer: square.slice(0, 3), holes: [hole.slice(0, 3)] });
    expect(outlineOf([])).toEqual({ outer: [], holes: [] });
  });

  it("draws a level without a known top flat", () => {
    expect(levelTop({ from_m: 2.7, to_m: 5.9 })).toBe(5.9);
    expect(levelTop({ from_m: 2.7, to_m: null })).toBe(2.7);
  });

  it("labels heights that do not lie on each other, the top one first", () => {
    expect([...labelled([3, 6, 9], 20)]).toEqual([9, 6, 3]);
    expect([...labelled([3, 6, 9], 80)]).toEqual([9, 3]);
    expect(labelled([], 10).size).toBe(0);
  });

  it("writes heights in the digits of the language", () => {
    expect(heightText(15.5, { name: "m", perMetre: 1 }, "en")).toBe("15.5 m");
    expect(heightText(15.5, { name: "متر", perMetre: 1 }, "fa")).toBe("۱۵٫۵ متر");
    expect(heightText(3.048, { name: "ft", perMetre: 1 / 0.3048 }, "en")).toBe("10 ft");
  });
});
