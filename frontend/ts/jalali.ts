// Calendars of the date picker. Days are ISO strings ('2026-11-22'), so no time zone can move them.

export interface Ymd {
  year: number;
  month: number; // 1..12
  day: number;
}

export interface Calendar {
  fromIso(iso: string): Ymd;
  toIso(day: Ymd): string;
  daysInMonth(year: number, month: number): number;
}

const DAY_MS = 86_400_000;

function isoDay(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
}

function dayIso(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

const parts = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
  timeZone: "UTC",
  year: "numeric",
  month: "numeric",
  day: "numeric",
});

function jalaliOf(day: number): Ymd {
  const found: Record<string, number> = {};
  for (const part of parts.formatToParts(day * DAY_MS)) found[part.type] = Number.parseInt(part.value, 10);
  return { year: found["year"] ?? 0, month: found["month"] ?? 1, day: found["day"] ?? 1 };
}

const EPOCH = isoDay("0622-03-22"); // first day of the year 1, as the browser's own calendar counts
const MEAN_YEAR = 365.2422;

/** First day of a Jalali year: guessed from the mean year, then corrected by the browser's calendar. */
function newYear(year: number): number {
  let day = Math.round(EPOCH + (year - 1) * MEAN_YEAR);
  for (;;) {
    const at = jalaliOf(day);
    if (at.year === year && at.month === 1 && at.day === 1) return day;
    day += at.year < year ? 1 : at.month === 1 && at.day <= 20 ? -(at.day - 1) : -1;
  }
}

function dayOfYear(month: number, day: number): number {
  return (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day - 1;
}

export const jalali: Calendar = {
  fromIso: (iso) => jalaliOf(isoDay(iso)),
  toIso: ({ year, month, day }) => dayIso(newYear(year) + dayOfYear(month, day)),
  daysInMonth: (year, month) => {
    if (month <= 6) return 31;
    if (month <= 11) return 30;
    return newYear(year + 1) - newYear(year) - 336;
  },
};

export const gregorian: Calendar = {
  fromIso: (iso) => {
    const [year = 1, month = 1, day = 1] = iso.split("-").map(Number);
    return { year, month, day };
  },
  toIso: ({ year, month, day }) => dayIso(Math.round(Date.UTC(year, month - 1, day) / DAY_MS)),
  daysInMonth: (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate(),
};

/** Weekday of an ISO day, 0 = Sunday. */
export function weekday(iso: string): number {
  return (((isoDay(iso) + 4) % 7) + 7) % 7;
}

/** The ISO day `count` days later. */
export function addDays(iso: string, count: number): string {
  return dayIso(isoDay(iso) + count);
}

/** The same day `count` months later, or the last day of a shorter month. */
export function addMonths(calendar: Calendar, iso: string, count: number): string {
  const at = calendar.fromIso(iso);
  const months = at.year * 12 + (at.month - 1) + count;
  const year = Math.floor(months / 12);
  const month = (((months % 12) + 12) % 12) + 1;
  return calendar.toIso({ year, month, day: Math.min(at.day, calendar.daysInMonth(year, month)) });
}
