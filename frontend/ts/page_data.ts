// The JSON block the server put into the page: addresses, frame of the city, sentences.

export interface LightParcel {
  code: string;
  centroid: [number, number];
  bbox: [number, number, number, number];
}

export interface PageData {
  language: string;
  calendar: string;
  today: string;
  on: string | null;
  known_at: string | null;
  kind: string;
  default_kind: string;
  parcel: LightParcel | null;
  /** Little data is wanted; `map_wanted`: the map is asked for all the same. */
  light: boolean;
  map_wanted: boolean;
  map: {
    center: [number, number];
    zoom: number;
    bounds: [[number, number], [number, number]];
    place: { lat: number; lon: number; z: number } | null;
  };
  urls: Record<"at" | "search" | "layers" | "parcel" | "part" | "panel" | "page" | "home" | "search_page" | "leaflet" | "leaflet_css", string>;
  texts: Record<string, string>;
}

/** The block with this id, or null when the page has none. */
export function readBlock<T>(id: string): T | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : null;
}

/** The element with this id; a template without it is a programming error. */
export function element<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}`);
  return found as T;
}
