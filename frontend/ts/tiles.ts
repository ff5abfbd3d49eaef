// Our own vector tiles, drawn on canvas by protomaps-leaflet: no WebGL, no outside server.
import { leafletLayer, type LabelRule, type PaintRule, type ZxySource } from "protomaps-leaflet";
import type { GridLayer } from "leaflet";

type TileData = Awaited<ReturnType<ZxySource["get"]>>;
interface Zxy {
  z: number;
  x: number;
  y: number;
}
interface Source {
  get(c: Zxy, tileSize: number): Promise<TileData>;
}
interface Drawn extends GridLayer {
  views: Map<string, { tileCache: { source: Source } }>;
  rerenderTiles(): void;
}

export interface TileOptions {
  /** One address, or several by the name that rules give as `dataSource`. */
  url: string | Record<string, string>;
  pane: string;
  paint: PaintRule[];
  labels?: LabelRule[];
  minZoom?: number;
  maxDataZoom?: number;
  opacity?: number;
  failed?: () => void;
}

/** Keeps the plug-in's own reading of tiles, but an error answer is an empty tile and a word to the person. */
class Careful implements Source {
  constructor(
    private readonly inner: Source,
    private readonly failed: () => void,
  ) {}

  async get(c: Zxy, tileSize: number): Promise<TileData> {
    try {
      return await this.inner.get(c, tileSize);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      this.failed();
      return new Map() as TileData;
    }
  }
}

function addresses({ url, maxDataZoom = 17 }: TileOptions): object {
  if (typeof url === "string") return { url, maxDataZoom };
  return { sources: Object.fromEntries(Object.entries(url).map(([name, one]) => [name, { url: one, maxDataZoom }])) };
}

/** A layer of the tiles at `url` ('…/{z}/{x}/{y}.mvt'). Data tiles are 512 px: one zoom less than the screen's. */
export function tileLayer(options: TileOptions): GridLayer {
  const layer = leafletLayer({
    ...addresses(options),
    pane: options.pane,
    paintRules: options.paint,
    labelRules: options.labels ?? [],
    attribution: "",
    minZoom: options.minZoom ?? 0,
    opacity: options.opacity ?? 1,
    noWrap: true,
  } as Parameters<typeof leafletLayer>[0]) as unknown as Drawn;
  for (const view of layer.views.values()) {
    view.tileCache.source = new Careful(view.tileCache.source, options.failed ?? (() => undefined));
  }
  return layer;
}
