const SHORTEST_MS = 1000;
const LONGEST_MS = 8000;

/** How long to wait before asking again, when the last `still` answers brought nothing new. */
export function pause(still: number): number {
  return Math.min(LONGEST_MS, Math.round(SHORTEST_MS * 1.3 ** Math.max(0, still)));
}
