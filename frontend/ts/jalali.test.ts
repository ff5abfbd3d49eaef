import { describe, expect, it } from "vitest";
import { addDays, addMonths, gregorian, jalali, weekday } from "./jalali";

describe("jalali", () => {
  it.each([
    ["2026-11-22", 1405, 9, 1],
    ["2025-03-21", 1404, 1, 1],
    ["2025-03-20", 1403, 12, 30], // 1403 is a leap year
    ["2014-06-22", 1393, 4, 1],
    ["1979-02-11", 1357, 11, 22],
  ])("%s is %i/%i/%i", (iso, year, month, day) => {
    expect(jalali.fromIso(iso)).toEqual({ year, month, day });
    expect(jalali.toIso({ year, month, day })).toBe(iso);
  });

  it("comes back to every day of thirteen years", () => {
    let iso = "2015-03-21";
    while (iso < "2028-03-20") {
      expect(jalali.toIso(jalali.fromIso(iso))).toBe(iso);
      iso = addDays(iso, 1);
    }
  });

  it("knows the last month of leap years", () => {
    expect(jalali.daysInMonth(1403, 12)).toBe(30);
    expect(jalali.daysInMonth(1404, 12)).toBe(29);
    expect(jalali.daysInMonth(1405, 6)).toBe(31);
    expect(jalali.daysInMonth(1405, 7)).toBe(30);
  });

  it("steps by months and keeps to the shorter month", () => {
    const last = jalali.toIso({ year: 1405, month: 6, day: 31 });
    expect(jalali.fromIso(addMonths(jalali, last, 1))).toEqual({ year: 1405, month: 7, day: 30 });
    expect(jalali.fromIso(addMonths(jalali, last, -6))).toEqual({ year: 1404, month: 12, day: 29 });
    expect(jalali.fromIso(addMonths(jalali, last, 12))).toEqual({ year: 1406, month: 6, day: 31 });
  });
});

describe("gregorian", () => {
  it("counts February", () => {
    expect(gregorian.daysInMonth(2024, 2)).toBe(29);
    expect(gregorian.daysInMonth(2026, 2)).toBe(28);
    expect(addMonths(gregorian, "2026-01-31", 1)).toBe("2026-02-28");
  });
});

it("weekday: 22 November 2026 is a Sunday, the day before a Saturday", () => {
  expect(weekday("2026-11-22")).toBe(0);
  expect(weekday("2026-11-21")).toBe(6);
});
