// Where to write the name of an area: a point that is surely inside it.
import { CenteredTextSymbolizer, type LabelSymbolizer } from "protomaps-leaflet";

interface Xy {
  x: number;
  y: number;
}

type Place = LabelSymbolizer["place"];

interface Room extends Xy {
  width: number;
}

/** The middle of the widest inside stretch on the line halfway down the area; null for an area without height. */
export function insidePoint(rings: readonly (readonly Xy[])[]): Room | null {
  const ys = rings.flatMap((ring) => ring.map((p) => p.y));
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  if (!(bottom > top)) return null;
  const y = (top + bottom) / 2 + 1e-4; // never exactly through a vertex
  const cuts = rings.flatMap((ring) => cutsAt(ring, y)).sort((a, b) => a - b);
  let best: [number, number] | null = null;
  for (let i = 0; i + 1 < cuts.length; i += 2) {
    const stretch: [number, number] = [cuts[i] ?? 0, cuts[i + 1] ?? 0];
    if (!best || stretch[1] - stretch[0] > best[1] - best[0]) best = stretch;
  }
  return best && { x: (best[0] + best[1]) / 2, y, width: best[1] - best[0] };
}

function cutsAt(ring: readonly Xy[], y: number): number[] {
  const cuts: number[] = [];
  for (let i = 0; i < ring.length; i += 1) {
    const a = ring[i];
    const b = ring[(i + 1) % ring.length];
    if (a && b && a.y > y !== b.y > y) cuts.push(a.x + ((y - a.y) * (b.x - a.x)) / (b.y - a.y));
  }
  return cuts;
}

const APART_PX = 220;

/** The pieces that tiles cut an area into would all carry its name: of those near each other one is enough. */
function once(labels: ReturnType<Place>, feature: Parameters<Place>[2]): ReturnType<Place> {
  const { code, edition, name_fa } = feature.props;
  const key = [edition, code, name_fa].filter((part) => part !== undefined).join("/");
  return key ? labels?.map((label) => ({ ...label, deduplicationKey: key, deduplicationDistance: APART_PX })) : labels;
}

/** Text in the middle of areas (and on points): the plug-in's own symbolizer would write at the first corner. */
export class InsideText implements LabelSymbolizer {
  private readonly text: CenteredTextSymbolizer;

  /** `needed`: pixels of room without which nothing is written. */
  constructor(
    options: ConstructorParameters<typeof CenteredTextSymbolizer>[0],
    private readonly needed = 0,
  ) {
    this.text = new CenteredTextSymbolizer(options);
  }

  place(...[layout, geom, feature]: Parameters<Place>): ReturnType<Place> {
    if (feature.geomType !== 3) return once(this.text.place(layout, geom, feature), feature);
    const at = insidePoint(geom);
    const first = geom[0]?.[0];
    if (!at || !first || at.width < this.needed) return undefined;
    const anchor = first.clone();
    anchor.x = at.x;
    anchor.y = at.y;
    return once(this.text.place(layout, [[anchor]], feature), feature);
  }
}
