import { expect, it, vi } from "vitest";

vi.mock("../styles/map_page.css", () => ({}));
const { frugal } = await import("./home_page");

const media = (reduced: boolean) => (() => ({ matches: reduced })) as unknown as typeof window.matchMedia;
const root = (name = "") => Object.assign(document.createElement("html"), { className: name });

it.each([
  ["the page was sent light", root("is-light"), {}, false, true],
  ["the device saves data", root(), { connection: { saveData: true } }, false, true],
  ["the line is slow", root(), { connection: { effectiveType: "slow-2g" } }, false, true],
  ["less data is preferred", root(), {}, true, true],
  ["nothing is said", root(), { connection: { effectiveType: "4g" } }, false, false],
  ["the browser says nothing at all", root(), {}, false, false],
])("knows when to be frugal: %s", (_why, page, device, reduced, expected) => {
  expect(frugal(page, device, media(reduced))).toBe(expected);
});
