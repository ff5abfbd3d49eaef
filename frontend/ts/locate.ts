// "Where am I": asked for only when pressed, and sent nowhere but as the point that is asked about.
import type { Circle, Map as LeafletMap } from "leaflet";
import type { Clocks } from "./city_map_time";
import { parcelAt, type At } from "./pick";
import { t } from "./wording";

export interface Fix {
  lat: number;
  lon: number;
  /** Radius in metres within which the device says it is. */
  accuracy: number;
}

export type Refusal = "insecure" | "unsupported" | "denied" | "unavailable" | "timeout";
export type Bounds = [[south: number, west: number], [north: number, east: number]];

/** The device gave no place; `why` names the sentence. */
export class NoFix extends Error {
  constructor(readonly why: Refusal) {
    super(why);
  }

  /** What happened and what to do instead. */
  get sentence(): string {
    return t(`locate_${this.why}`);
  }
}

const PATIENCE_MS = 15_000;
const FRESH_MS = 10_000;
const HOPELESS_M = 60;
const METRES_PER_DEGREE = 111_320;

/** One position of the device; throws NoFix. The browser asks the person first. */
export function whereAmI(geolocation: Geolocation | undefined = navigator.geolocation, secure = window.isSecureContext): Promise<Fix> {
  if (!secure) return Promise.reject(new NoFix("insecure"));
  if (!geolocation) return Promise.reject(new NoFix("unsupported"));
  const options = { timeout: PATIENCE_MS, enableHighAccuracy: true, maximumAge: FRESH_MS };
  return new Promise((resolve, reject) => {
    geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy }),
      ({ code }) => reject(new NoFix(code === 1 ? "denied" : code === 3 ? "timeout" : "unavailable")),
      options,
    );
  });
}

export function within(fix: Fix, [[south, west], [north, east]]: Bounds): boolean {
  return fix.lat >= south && fix.lat <= north && fix.lon >= west && fix.lon <= east;
}

/** Whether the position is sure enough to speak of this parcel: the circle is no wider than the parcel's narrow side. */
export function sureOf(fix: Fix, bbox: readonly [number, number, number, number]): boolean {
  const [west, south, east, north] = bbox;
  const wide = (east - west) * METRES_PER_DEGREE * Math.cos((fix.lat * Math.PI) / 180);
  const high = (north - south) * METRES_PER_DEGREE;
  return fix.accuracy * 2 <= Math.min(wide, high);
}

/** The parcel the person stands on; null when the position does not tell it from its neighbours. */
export async function parcelUnder(fix: Fix, url: string, clocks: Clocks): Promise<At | null> {
  if (fix.accuracy > HOPELESS_M) return null;
  const answer = await parcelAt(url, fix, clocks);
  return "found" in answer && sureOf(fix, answer.found.parcel.bbox) ? answer.found : null;
}

/** The circle within which the device says it is, and the view that shows it. */
export class Here {
  private circle: Circle | null = null;

  constructor(private readonly map: LeafletMap) {}

  show(fix: Fix): void {
    this.circle?.remove();
    const place = L.latLng(fix.lat, fix.lon);
    const style = { color: "#0a6cff", weight: 2, fillColor: "#0a6cff", fillOpacity: 0.12, interactive: false };
    this.circle = L.circle(place, { radius: Math.max(fix.accuracy, 1), ...style }).addTo(this.map);
    this.map.fitBounds(place.toBounds(Math.max(fix.accuracy * 2.4, 60)), { maxZoom: 19 });
  }
}
