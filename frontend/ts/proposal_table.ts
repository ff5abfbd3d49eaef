// The table of storeys while it is written: totals at once, rows that may be added. Numbers in any digits.

export interface RowFigures {
  kind: string;
  number: string;
  use: string;
  gross_m2: string;
  countable_m2: string;
  units: string;
  parking: string;
}

export interface Totals {
  storeys: number;
  gross_m2: number | null;
  countable_m2: number | null;
  units: number | null;
  parking: number | null;
}

const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
const ARABIC = "٠١٢٣٤٥٦٧٨٩";
const LIVED_IN = new Set(["GROUND", "TYPICAL"]);

/** A number as it was typed, in any digits; null for nothing or for what is no number. */
export function figure(raw: string): number | null {
  const plain = latin(raw).replaceAll("٫", ".").replace(/[٬,\s]/g, "");
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  return Number(plain);
}

/** The storeys that a row stands for: "1-4" is four of them; 0 for what cannot be read. */
export function span(raw: string): [number, number] | null {
  const read = /^(-?\d{1,3})(?:\s*(?:-|–|تا|to)\s*(-?\d{1,3}))?$/.exec(latin(raw).replaceAll("−", "-").trim());
  if (!read) return null;
  const first = Number(read[1]);
  const last = Number(read[2] ?? read[1]);
  return last >= first ? [first, last] : null;
}

interface Read {
  row: RowFigures;
  first: number;
  n: number;
}

/** Sums of the rows that say a number; null where a figure that belongs to the sum is missing. */
export function totals(rows: RowFigures[]): Totals {
  const read = rows.flatMap(spanned);
  const levels = new Set(read.filter(({ row }) => counts(row)).flatMap(({ first, n }) => Array.from({ length: n }, (_, i) => first + i)));
  const lived = read.filter(({ row }) => figure(row.units) !== null || row.use !== "" || LIVED_IN.has(row.kind));
  const stalls = read.filter(({ row }) => figure(row.parking) !== null);
  return {
    storeys: levels.size,
    gross_m2: sum(read, (row) => figure(row.gross_m2)),
    countable_m2: sum(read, countable),
    units: sum(lived, (row) => figure(row.units)),
    parking: sum(stalls, (row) => figure(row.parking)),
  };
}

function spanned(row: RowFigures): Read[] {
  const found = span(row.number);
  return found ? [{ row, first: found[0], n: found[1] - found[0] + 1 }] : [];
}

function countable(row: RowFigures): number | null {
  const said = figure(row.countable_m2);
  return said === null && !LIVED_IN.has(row.kind) && !row.use ? 0 : said;
}

/** Whether the law counts it as a storey: pilotis only with a unit or a use in them. */
function counts(row: RowFigures): boolean {
  if (LIVED_IN.has(row.kind)) return true;
  return row.kind === "PILOTIS" && Boolean(row.use || figure(row.units) || figure(row.countable_m2));
}

function sum(rows: Read[], of: (row: RowFigures) => number | null): number | null {
  if (rows.length === 0) return null;
  return rows.reduce((all: number | null, { row, n }) => {
    const one = of(row);
    return all === null || one === null ? null : all + one * n;
  }, 0);
}

function latin(raw: string): string {
  return [...raw.trim()].map((c) => digit(c)).join("");
}

function digit(c: string): string {
  const at = Math.max(PERSIAN.indexOf(c), ARABIC.indexOf(c));
  return at < 0 ? c : String(at);
}
