import { afterEach, expect, it, vi } from "vitest";
import { NOW } from "./city_map_time";
import { NoFix, parcelUnder, sureOf, whereAmI, within, type Fix } from "./locate";
import { speak } from "./wording";

const fix = (accuracy: number): Fix => ({ lat: 32.65, lon: 51.67, accuracy });
// About 18.7 m wide and 22.3 m high at this latitude.
const bbox: [number, number, number, number] = [51.67, 32.65, 51.6702, 32.6502];

function device(answer: Partial<GeolocationCoordinates> | number): Geolocation {
  const getCurrentPosition: Geolocation["getCurrentPosition"] = (found, failed) => {
    if (typeof answer === "number") failed?.({ code: answer } as GeolocationPositionError);
    else found({ coords: answer } as GeolocationPosition);
  };
  return { getCurrentPosition } as Geolocation;
}

afterEach(() => vi.unstubAllGlobals());

it("gives the place the device tells", async () => {
  const coords = { latitude: 32.65, longitude: 51.67, accuracy: 8 };
  expect(await whereAmI(device(coords), true)).toEqual(fix(8));
});

it.each([
  [1, "denied"],
  [2, "unavailable"],
  [3, "timeout"],
])("names why there is none (%i)", async (code, why) => {
  speak("en", { [`locate_${why}`]: `sentence of ${why}` });
  const refusal = await whereAmI(device(code), true).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(NoFix);
  expect((refusal as NoFix).sentence).toBe(`sentence of ${why}`);
});

it("does not ask where it would not be answered", async () => {
  await expect(whereAmI(device({}), false)).rejects.toMatchObject({ why: "insecure" });
  await expect(whereAmI(undefined as unknown as Geolocation, true)).rejects.toMatchObject({ why: expect.stringMatching(/unsupported|denied|unavailable/) as string });
});

it("knows the city's frame, its edge included", () => {
  const bounds: [[number, number], [number, number]] = [[32.65, 51.6], [32.7, 51.67]];
  expect(within(fix(1), bounds)).toBe(true);
  expect(within({ ...fix(1), lat: 32.6499 }, bounds)).toBe(false);
  expect(within({ ...fix(1), lon: 51.6701 }, bounds)).toBe(false);
});

it("is sure of a parcel only when the circle is no wider than its narrow side", () => {
  expect(sureOf(fix(9), bbox)).toBe(true);
  expect(sureOf(fix(10), bbox)).toBe(false);
});

it("never picks from a wide circle, and does not even ask", async () => {
  const fetch = vi.fn();
  vi.stubGlobal("fetch", fetch);
  expect(await parcelUnder(fix(61), "/at", NOW)).toBeNull();
  expect(fetch).not.toHaveBeenCalled();
});

it("asks about the point and picks only what the position tells apart", async () => {
  const fetch = vi.fn(() => Promise.resolve(new Response(JSON.stringify({ parcel: { code: "3-1", bbox }, on_border: false, also: [] }))));
  vi.stubGlobal("fetch", fetch);
  expect((await parcelUnder(fix(5), "/at", { on: "2026-01-01", known_at: null }))?.parcel.code).toBe("3-1");
  expect(String((fetch.mock.calls as unknown[][])[0]?.[0])).toBe("/at?lon=51.6700000&lat=32.6500000&on=2026-01-01");
  expect(await parcelUnder(fix(30), "/at", NOW)).toBeNull();
});
