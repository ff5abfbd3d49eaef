import { beforeEach, expect, it } from "vitest";
import { NOW, showClocks, type Banner } from "./city_map_time";

const words = (iso: string): string => `<${iso}>`;
let banner: Banner;

beforeEach(() => {
  document.body.innerHTML = `<div id="m"><p id="b" data-day="Rules of {day}" data-known="as recorded then" hidden><span></span><a href="/"></a></p></div>`;
  const box = document.querySelector<HTMLElement>("#b")!;
  banner = { box, words: box.querySelector("span")!, now: box.querySelector("a")!, map: document.querySelector<HTMLElement>("#m")! };
});

it("is silent about now, and about a day that is today", () => {
  showClocks(banner, NOW, "2026-11-28", words);
  expect(banner.box.hidden).toBe(true);
  showClocks(banner, { on: "2026-11-28", known_at: null }, "2026-11-28", words);
  expect(banner.box.hidden).toBe(true);
  expect(banner.map.classList.contains("is-other-time")).toBe(false);
});

it("names the day, the knowledge, or both, and leads back", () => {
  showClocks(banner, { on: "2020-01-01", known_at: null }, "2026-11-28", words);
  expect(banner.words.textContent).toBe("Rules of <2020-01-01>");
  showClocks(banner, { on: null, known_at: "2021-01-01T00:00:00Z" }, "2026-11-28", words);
  expect(banner.words.textContent).toBe("as recorded then");
  showClocks(banner, { on: "2020-01-01", known_at: "2021-01-01T00:00:00Z" }, "2026-11-28", words);
  expect(banner.words.textContent).toBe("Rules of <2020-01-01> · as recorded then");
  expect(banner.box.hidden).toBe(false);
  expect(banner.map.classList.contains("is-other-time")).toBe(true);
});

it("leads back to now without losing the place", () => {
  history.replaceState(null, "", "/?lat=1&parcel=3-2&on=2020-01-01&known_at=2021-01-01T00%3A00%3A00Z");
  showClocks(banner, { on: "2020-01-01", known_at: null }, "2026-11-28", words);
  expect(banner.now.getAttribute("href")).toBe("/?lat=1&parcel=3-2");
});
