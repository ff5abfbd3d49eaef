// Stands in for packages that protomaps-leaflet can use and we do not: archives in one file (pmtiles) and ready-made
// styles (@protomaps/basemaps) with their colour mixing (color2k). Vite puts this file in their place, which makes the
// page 14 kB lighter.

export class PMTiles {
  constructor() {
    throw new Error("Archives of tiles are not used here");
  }
}

export function namedFlavor(): never {
  throw new Error("Ready-made styles are not used here");
}

export function mix(): never {
  throw new Error("Ready-made styles are not used here");
}
