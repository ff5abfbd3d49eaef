// Stands in for two packages that protomaps-leaflet can use and we do not: archives in one file (pmtiles) and
// ready-made styles (@protomaps/basemaps). Vite puts this file in their place, which makes the page 10 kB lighter.

export class PMTiles {
  constructor() {
    throw new Error("Archives of tiles are not used here");
  }
}

export function namedFlavor(): never {
  throw new Error("Ready-made styles are not used here");
}
