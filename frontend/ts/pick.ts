// Which parcel lies at a point: asked of the server, which is the one that decides.
import type { GeoJsonObject } from "geojson";
import type { Clocks } from "./city_map_time";
import { getJson, Trouble, withParameters } from "./net";

export interface PickedParcel {
  code: string;
  centroid: [number, number];
  bbox: [number, number, number, number];
  geometry: GeoJsonObject;
}

export interface At {
  parcel: PickedParcel;
  on_border: boolean;
  also: string[];
}

export interface Nearest {
  code: string;
  distance_m: number;
  centroid: [number, number];
}

export type Pick = { found: At } | { none: Nearest | null };

/** The parcel at a point, or the nearest one when there is none. Throws Trouble for everything else. */
export async function parcelAt(url: string, place: { lon: number; lat: number }, clocks: Clocks, cancel?: AbortSignal): Promise<Pick> {
  try {
    const query = { lon: place.lon.toFixed(7), lat: place.lat.toFixed(7), ...clocks };
    return { found: await getJson<At>(withParameters(url, query), cancel) };
  } catch (error) {
    if (error instanceof Trouble && error.code === "no_parcel_here") {
      return { none: (error.details["nearest"] as Nearest | undefined) ?? null };
    }
    throw error;
  }
}
