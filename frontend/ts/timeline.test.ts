import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { stopAfter, stopAt, Timeline, type Day } from "./timeline";
import { speak } from "./wording";

const days: Day[] = ["2014-01-01", "2020-06-01", "2030-01-01"].map((day) => ({ day, label: day, said: [`act of ${day}`], now: false }));

it.each([
  ["2000-01-01", 0],
  ["2014-01-01", 0],
  ["2020-05-31", 0],
  ["2020-06-01", 1],
  ["2099-01-01", 2],
])("on %s stop %i holds", (on, at) => {
  expect(stopAt(days, on)).toBe(at);
});

it("without stops there is no other than the first", () => {
  expect(stopAt([], "2020-01-01")).toBe(0);
  expect(stopAfter(0, 0)).toBe(0);
  expect(stopAfter(2, 3)).toBe(0);
});

function timeline(): { range: HTMLInputElement; said: HTMLElement; play: HTMLButtonElement; seen: string[]; line: Timeline } {
  const range = Object.assign(document.createElement("input"), { type: "range", min: "0" });
  const [said, play] = [document.createElement("p"), document.createElement("button")];
  const seen: string[] = [];
  const line = new Timeline(days, { range, said, play }, (day) => seen.push(day.day));
  line.place("2014-05-05");
  return { range, said, play, seen, line };
}

beforeEach(() => {
  speak("en", { play: "Play", pause: "Stop" });
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it("says the day it was placed on and tells nobody", () => {
  const { range, said, seen } = timeline();
  expect(range.value).toBe("0");
  expect(range.max).toBe("2");
  expect(said.textContent).toContain("act of 2014-01-01");
  expect(seen).toEqual([]);
});

it("moved by hand it says and tells the day", () => {
  const { range, said, seen } = timeline();
  range.value = "2";
  range.dispatchEvent(new Event("input"));
  expect(seen).toEqual(["2030-01-01"]);
  expect(range.getAttribute("aria-valuetext")).toBe("2030-01-01 · act of 2030-01-01");
  expect(said.textContent).toContain("2030");
});

it("plays to the last day and stops there", () => {
  const { play, seen } = timeline();
  play.click();
  expect(play.textContent).toBe("Stop");
  vi.advanceTimersByTime(20_000);
  expect(seen).toEqual(["2020-06-01", "2030-01-01"]);
  expect(play.getAttribute("aria-pressed")).toBe("false");
});

it("stops when it is asked to, or moved by hand", () => {
  const { play, range, seen } = timeline();
  play.click();
  play.click();
  play.click();
  range.dispatchEvent(new Event("input"));
  vi.advanceTimersByTime(20_000);
  expect(play.textContent).toBe("Play");
  expect(seen.length).toBe(3);
});
