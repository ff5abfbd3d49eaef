import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { NOW } from "./city_map_time";
import { locateAsText, pageOf, type SiteData } from "./site";
import { speak } from "./wording";

const urls = { at: "/at", search: "/search", page: "/en/parcels/CODE/", home: "/en/" };
const site: SiteData = { language: "en", bounds: [[32.5, 51.5], [32.8, 51.9]], urls, kinds: {}, texts: {} };
const bbox = [51.67, 32.65, 51.6702, 32.6502];
let button: HTMLButtonElement;
let said: HTMLElement;

beforeEach(() => {
  speak("en", { locating: "…", outside_city: "outside", not_sure_where: "within {m} m", tap_on_map: "map", locate_denied: "denied", failed: "failed" });
  button = document.createElement("button");
  said = document.createElement("p");
  button.hidden = true;
});

afterEach(() => vi.unstubAllGlobals());

function at(latitude: number, accuracy: number): void {
  const getCurrentPosition = (found: PositionCallback) => found({ coords: { latitude, longitude: 51.67, accuracy } } as GeolocationPosition);
  vi.stubGlobal("navigator", { geolocation: { getCurrentPosition } });
  vi.stubGlobal("isSecureContext", true);
}

function answer(body: unknown, status = 200): void {
  vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status }))));
}

it("leads parcels to their page and places to the map", () => {
  expect(pageOf({ kind: "parcel", code: "3-2-1", lat: 1, lon: 2 }, urls)).toBe("/en/parcels/3-2-1/");
  expect(pageOf({ kind: "street", code: null, lat: 32.65, lon: 51.67 }, urls)).toBe("/en/?lat=32.650000&lon=51.670000&z=17&map=1");
});

it("says that the place is not sure and offers the map", async () => {
  at(32.65, 40);
  answer({ parcel: { code: "3-2-1", bbox }, on_border: false, also: [] });
  locateAsText(button, said, site, NOW);
  expect(button.hidden).toBe(false);
  button.click();
  await vi.waitFor(() => expect(said.textContent).toBe("within 40 m map"));
  expect(said.querySelector("a")?.getAttribute("href")).toContain("map=1");
});

it("says when the place is beyond the city", async () => {
  at(35.7, 5);
  locateAsText(button, said, site, NOW);
  button.click();
  await vi.waitFor(() => expect(said.textContent).toBe("outside"));
});

it("says the server's trouble and the device's refusal", async () => {
  at(32.65, 5);
  answer({ error: { code: "x", message: { fa: "نه", en: "too many calls" } } }, 429);
  locateAsText(button, said, site, NOW);
  button.click();
  await vi.waitFor(() => expect(said.textContent).toBe("too many calls"));
  const refuse = (_: PositionCallback, failed: PositionErrorCallback) => failed({ code: 1 } as GeolocationPositionError);
  vi.stubGlobal("navigator", { geolocation: { getCurrentPosition: refuse } });
  button.click();
  await vi.waitFor(() => expect(said.textContent).toBe("denied"));
});
