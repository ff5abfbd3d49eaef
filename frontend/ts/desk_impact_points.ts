// Points of an impact report by how the answer changes there, the gravest first.
export type Point = [code: string, course: string, lon: number, lat: number];

export const COLOURS: Record<string, string> = {
  opens: "#9b1c1c",
  doubt: "#9b1c1c",
  less: "#c8801b",
  new: "#7a3e9d",
  more: "#2e7d4f",
  settles: "#1f6f8b",
  gone: "#5b7f2b",
  other: "#4a5568",
};

/** Points by course, in the order of COLOURS; courses without points are left out. */
export function byCourse(points: readonly Point[]): Map<string, Point[]> {
  const found = new Map<string, Point[]>();
  for (const course of Object.keys(COLOURS)) {
    const mine = points.filter((point) => point[1] === course);
    if (mine.length) found.set(course, mine);
  }
  return found;
}
