// The plain arithmetic of the turnable envelope.
import type { Rings } from "./envelope";

type Ring = [number, number][];

/** Rings without their closing points: the outer one, and the holes. */
export function outlineOf(rings: Rings): { outer: Ring; holes: Ring[] } {
  const [outer = [], ...holes] = rings.map((ring) => ring.slice(0, -1));
  return { outer, holes };
}

/** The top of a level in metres; one whose top nobody knows is drawn flat. */
export function levelTop(level: { from_m: number; to_m: number | null }): number {
  return level.to_m ?? level.from_m;
}

/** The city's unit of length. */
export interface Unit {
  name: string;
  perMetre: number;
}

/** '15.5 m', in the digits of the language. */
export function heightText(metres: number, unit: Unit, language: string): string {
  const persian = language.startsWith("fa");
  const number = new Intl.NumberFormat(persian ? "fa-IR" : "en", { maximumFractionDigits: 2 }).format(metres * unit.perMetre);
  return `${number} ${unit.name}`;
}

/** The heights that get a label: from the top down, none so near to the one above that they would lie on each other. */
export function labelled(tops: number[], reach: number): Set<number> {
  const kept = new Set<number>();
  let last = Infinity;
  for (const top of [...tops].sort((a, b) => b - a)) {
    if (last - top < reach * 0.06) continue;
    kept.add(top);
    last = top;
  }
  return kept;
}
