import { describe, expect, it } from "vitest";
import { figure, span, totals, type RowFigures } from "./proposal_table";

const blank: RowFigures = { kind: "TYPICAL", number: "", use: "", gross_m2: "", countable_m2: "", units: "", parking: "" };
const row = (given: Partial<RowFigures>): RowFigures => ({ ...blank, ...given });

describe("numbers as they are typed", () => {
  it.each([["۱۲٫۵", 12.5], ["1,200", 1200], ["٣", 3], ["", null], ["-4", null], ["12a", null]])("%s", (raw, value) => {
    expect(figure(raw)).toBe(value);
  });

  it.each([["1-4", [1, 4]], ["۱ تا ۴", [1, 4]], ["-2", [-2, -2]], ["−1", [-1, -1]], ["-3--1", [-3, -1]], ["4-1", null], ["", null]])(
    "storeys of %s",
    (raw, value) => {
      expect(span(raw)).toEqual(value);
    },
  );
});

describe("totals of a table", () => {
  const pilotis = row({ kind: "PILOTIS", number: "0", gross_m2: "200", parking: "8" });
  const flats = row({ number: "1-4", use: "RES", gross_m2: "200", countable_m2: "190", units: "2" });

  it("counts a row as often as it has storeys, and pilotis with stalls as none", () => {
    expect(totals([pilotis, flats])).toEqual({ storeys: 4, gross_m2: 1000, countable_m2: 760, units: 8, parking: 8 });
  });

  it("counts pilotis with a unit", () => {
    expect(totals([{ ...pilotis, use: "RES", units: "1", countable_m2: "50" }, flats]).storeys).toBe(5);
  });

  it("has no sum where a figure is missing", () => {
    expect(totals([pilotis, { ...flats, countable_m2: "", units: "" }])).toEqual({ storeys: 4, gross_m2: 1000, countable_m2: null, units: null, parking: 8 });
  });

  it("leaves out rows that are not written, and says nothing of an empty table", () => {
    expect(totals([row({})])).toEqual({ storeys: 0, gross_m2: null, countable_m2: null, units: null, parking: null });
  });
});
