import { beforeEach, describe, expect, it } from "vitest";
import type { Feature, FeatureCollection, Polygon, Position } from "geojson";
import { areaOf } from "./desk_act_area";
import { days } from "./desk_act_days";
import { filters, fits } from "./desk_act_filter";
import { collected, named } from "./desk_act_map";

function square(x: number, y: number, side: number): Position[] {
  return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
}

function polygon(...rings: Position[][]): Feature<Polygon> {
  return { type: "Feature", properties: { style: "red" }, geometry: { type: "Polygon", coordinates: rings } };
}

const SIDE = 0.001; // of a degree: 111 m north, 94 m east at 32°

describe("areaOf", () => {
  it("measures squares, takes holes out and adds parts up", () => {
    const whole = { type: "FeatureCollection" as const, features: [polygon(square(51, 32, SIDE))] };
    const holed = { type: "FeatureCollection" as const, features: [polygon(square(51, 32, SIDE), square(51.00025, 32.00025, SIDE / 2))] };
    const one = areaOf(whole);
    expect(one / 10_509).toBeCloseTo(1, 2);
    expect(areaOf(holed) / (0.75 * one)).toBeCloseTo(1, 3);
    expect(areaOf({ ...whole, features: [...whole.features, ...whole.features] })).toBeCloseTo(2 * one, 3);
  });
});

describe("collected", () => {
  it("keeps polygons only and nothing of how they were drawn", () => {
    const line: Feature = { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: [[0, 0], [1, 1]] } };
    const many: FeatureCollection = { type: "FeatureCollection", features: [polygon(square(2, 2, 1)), line] };
    const found = collected([polygon(square(0, 0, 1)), line, many]);
    expect(found?.features.map((f) => [f.geometry.type, f.properties])).toEqual([["Polygon", {}], ["Polygon", {}]]);
  });
  it("is nothing where nothing was drawn", () => {
    expect(collected([])).toBeNull();
  });
});

describe("named", () => {
  it("gives the tools' buttons the names of their hints", () => {
    document.body.innerHTML = `<div title="Draw Polygons"><a class="leaflet-buttons-control-button"></a></div><a class="leaflet-buttons-control-button"></a>`;
    named(document.body);
    expect([...document.querySelectorAll("a")].map((a) => a.getAttribute("aria-label"))).toEqual(["Draw Polygons", null]);
  });
});

describe("filters", () => {
  it("shows what holds every word, and what is chosen", () => {
    expect(fits("Heights of 1404 (hc-1404)", "hc 1404")).toBe(true);
    expect(fits("Heights of 1404 (hc-1404)", "hc 1393")).toBe(false);
    document.body.innerHTML = `<fieldset data-filtered><input class="filter" hidden>
      <label class="choice"><input type="checkbox" checked>a-1</label><label class="choice"><input type="checkbox">b-2</label>
      <label class="choice"><input type="checkbox">c-3</label></fieldset>`;
    filters();
    const input = document.querySelector<HTMLInputElement>(".filter")!;
    expect(input.hidden).toBe(false);
    input.value = "c-";
    input.dispatchEvent(new Event("input"));
    expect([...document.querySelectorAll<HTMLElement>(".choice")].map((c) => c.hidden)).toEqual([false, true, false]);
  });
});

describe("days", () => {
  beforeEach(() => {
    document.body.innerHTML = `
      <div class="field"><label for="id_a">A</label><input id="id_a" name="a" data-date data-iso="2026-11-01" value="۱۴۰۵/۰۸/۱۰"></div>
      <div class="field"><label for="id_b">B</label><input id="id_b" name="b" data-date value=""></div>
      <div class="field"><label for="id_c">C</label><input id="id_c" name="c" data-date value="tomorrow"></div>`;
    days({ calendar: "jalali", today: "2026-11-28" });
  });
  const value = (name: string): string => document.querySelector<HTMLInputElement>(`input[name=${name}]`)!.value;

  it("sends days machines can read, today where none was written, and leaves what it cannot read", () => {
    expect([value("a"), value("b"), value("c")]).toEqual(["2026-11-01", "2026-11-28", "tomorrow"]);
  });
  it("has one button with a name of its own for each", () => {
    expect([...document.querySelectorAll(".date-button")].map((b) => b.id)).toEqual(["id_a-button", "id_b-button"]);
    expect(document.querySelector("label")!.getAttribute("for")).toBe("id_a-button");
  });
  it("takes the day that is pressed, and today again by the reset", () => {
    document.getElementById("id_a-button")!.click();
    document.querySelector<HTMLElement>('[data-day="2026-11-05"]')!.click();
    expect(value("a")).toBe("2026-11-05");
    document.querySelector<HTMLElement>(".date-reset")!.click();
    expect(value("a")).toBe("2026-11-28");
  });
});
