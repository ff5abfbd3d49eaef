// The day whose law is shown: a button that says the day, and a month to choose from. Keyboard as in the ARIA grid.
import { addDays, addMonths, gregorian, jalali, weekday, type Calendar } from "./jalali";
import { digits, isPersian, t } from "./wording";

const JALALI_FA = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"];
const JALALI_EN = ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"];

const YEARS_BACK = 60;
const YEARS_AHEAD = 5;

export interface DatePickerOptions {
  form: HTMLFormElement;
  input: HTMLInputElement;
  calendar: string;
  today: string;
  on: string | null;
  changed: (on: string | null) => void;
  /** The month is about to be shown: room is needed. */
  opened?: () => void;
}

/** 'ش' or 'Sa' of a weekday (0 = Sunday). */
function weekdayName(day: number, width: "narrow" | "long"): string {
  const locale = isPersian() ? "fa" : "en";
  return new Intl.DateTimeFormat(locale, { weekday: width, timeZone: "UTC" }).format(Date.UTC(2023, 0, 1 + day));
}

export class DatePicker {
  private readonly calendar: Calendar;
  private readonly firstWeekday: number;
  private readonly button = document.createElement("button");
  private readonly reset = document.createElement("button");
  private readonly popup = document.createElement("div");
  private on: string | null;
  private cursor: string;

  constructor(private readonly options: DatePickerOptions) {
    const isJalali = options.calendar === "jalali";
    this.calendar = isJalali ? jalali : gregorian;
    this.firstWeekday = isJalali ? 6 : 1;
    this.on = options.on;
    this.cursor = options.on ?? options.today;
    this.build();
    this.show();
  }

  /** A day in words: '۱ آذر ۱۴۰۵', or in English both calendars: '22 Nov 2026 (1 Azar 1405)'. */
  words(iso: string): string {
    const own = this.own(iso);
    if (isPersian() || this.calendar !== jalali) return own;
    const [year, , day] = iso.split("-").map(Number);
    const month = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" }).format(Date.parse(iso));
    return `${day} ${month} ${year} (${own})`;
  }

  /** A day in the city's own calendar: the number that stands in its cell comes first. */
  private own(iso: string): string {
    const at = this.calendar.fromIso(iso);
    return `${digits(at.day)} ${this.monthName(at.month)} ${digits(at.year)}`;
  }

  private monthName(month: number): string {
    if (this.calendar === jalali) return (isPersian() ? JALALI_FA : JALALI_EN)[month - 1] ?? "";
    const locale = isPersian() ? "fa-u-ca-gregory" : "en";
    return new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(Date.UTC(2023, month - 1, 1));
  }

  private build(): void {
    const { form, input } = this.options;
    input.type = "hidden";
    this.button.type = "button";
    this.button.className = "date-button";
    this.button.id = "date-button";
    this.button.setAttribute("aria-haspopup", "dialog");
    this.button.addEventListener("click", () => (this.popup.hidden ? this.open() : this.close()));
    this.reset.type = "button";
    this.reset.className = "date-reset";
    this.reset.textContent = "×";
    this.reset.setAttribute("aria-label", t("today"));
    this.reset.addEventListener("click", () => this.choose(null));
    this.popup.className = "calendar";
    this.popup.hidden = true;
    this.popup.setAttribute("role", "dialog");
    this.popup.setAttribute("aria-label", t("choose_date"));
    this.popup.addEventListener("keydown", (event) => this.key(event));
    form.querySelector("label")?.setAttribute("for", "date-button");
    form.append(this.button, this.reset, this.popup);
    form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("pointerdown", (event) => {
      if (!form.contains(event.target as Node)) this.popup.hidden = true;
    });
  }

  private show(): void {
    const { form, input, today } = this.options;
    input.value = this.on ?? "";
    this.button.textContent = this.on ? this.words(this.on) : `${t("today")}، ${this.words(today)}`.replace("،", isPersian() ? "،" : ",");
    this.reset.hidden = this.on === null;
    form.classList.toggle("is-other-day", this.on !== null);
    this.button.setAttribute("aria-expanded", String(!this.popup.hidden));
  }

  private open(): void {
    this.cursor = this.on ?? this.options.today;
    this.popup.hidden = false;
    this.options.opened?.();
    this.draw(true);
    this.show();
  }

  private close(): void {
    this.popup.hidden = true;
    this.show();
    this.button.focus();
  }

  private choose(iso: string | null): void {
    this.on = iso;
    this.close();
    this.options.changed(iso);
  }

  private step(name: string, label: string, months: number): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-label", t(name));
    button.addEventListener("click", () => {
      this.cursor = addMonths(this.calendar, this.cursor, months);
      this.draw(false);
      this.popup.querySelector<HTMLButtonElement>(`[aria-label="${t(name)}"]`)?.focus();
    });
    return button;
  }

  private draw(focus: boolean): void {
    const at = this.calendar.fromIso(this.cursor);
    const head = document.createElement("div");
    head.className = "calendar-head";
    const title = document.createElement("span");
    const month = document.createElement("b");
    month.setAttribute("aria-live", "polite");
    month.textContent = this.monthName(at.month);
    title.append(month, " ", this.yearChoice(at.year));
    const [back, fore] = isPersian() ? ["›", "‹"] : ["‹", "›"];
    const doubled = (s: string | undefined) => `${s}${s}`;
    head.append(
      this.step("previous_year", doubled(back), -12),
      this.step("previous_month", back ?? "", -1),
      title,
      this.step("next_month", fore ?? "", 1),
      this.step("next_year", doubled(fore), 12),
    );
    const foot = document.createElement("div");
    foot.className = "calendar-foot";
    const today = document.createElement("button");
    today.type = "button";
    today.className = "button";
    today.textContent = t("today");
    today.addEventListener("click", () => this.choose(null));
    foot.append(today);
    this.popup.replaceChildren(head, this.month(at.year, at.month), foot);
    if (focus) this.popup.querySelector<HTMLElement>("td button[tabindex='0']")?.focus();
  }

  /** Every year that has law, at one step: a plan of ten years ago must not take ten presses. */
  private yearChoice(year: number): HTMLSelectElement {
    const choice = document.createElement("select");
    choice.className = "calendar-year";
    choice.setAttribute("aria-label", t("year"));
    const last = Math.max(year, this.calendar.fromIso(this.options.today).year + YEARS_AHEAD);
    for (let one = last; one >= Math.min(year, last - YEARS_BACK); one -= 1) {
      const option = document.createElement("option");
      option.value = String(one);
      option.textContent = digits(one);
      choice.append(option);
    }
    choice.value = String(year);
    choice.addEventListener("change", () => {
      this.cursor = addMonths(this.calendar, this.cursor, (Number(choice.value) - year) * 12);
      this.draw(false);
      this.popup.querySelector<HTMLSelectElement>(".calendar-year")?.focus();
    });
    return choice;
  }

  private month(year: number, month: number): HTMLTableElement {
    const table = document.createElement("table");
    const header = table.createTHead().insertRow();
    for (let i = 0; i < 7; i += 1) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = weekdayName((this.firstWeekday + i) % 7, "narrow");
      cell.setAttribute("aria-label", weekdayName((this.firstWeekday + i) % 7, "long"));
      header.append(cell);
    }
    const body = table.createTBody();
    const first = this.calendar.toIso({ year, month, day: 1 });
    const lead = (weekday(first) - this.firstWeekday + 7) % 7;
    const count = this.calendar.daysInMonth(year, month);
    let row = body.insertRow();
    for (let i = 0; i < lead; i += 1) row.insertCell();
    for (let i = 0; i < count; i += 1) {
      if (row.cells.length === 7) row = body.insertRow();
      row.insertCell().append(this.dayButton(addDays(first, i), i + 1));
    }
    return table;
  }

  private dayButton(iso: string, day: number): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = digits(day);
    button.dataset["day"] = iso;
    button.tabIndex = iso === this.cursor ? 0 : -1;
    const [own, whole] = [this.own(iso), this.words(iso)];
    button.setAttribute("aria-label", own === whole ? own : `${own}, ${whole.split(" (")[0]}`);
    button.setAttribute("aria-pressed", String(iso === (this.on ?? this.options.today)));
    if (iso === this.options.today) button.setAttribute("aria-current", "date");
    button.addEventListener("click", () => this.choose(iso === this.options.today ? null : iso));
    return button;
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
      return;
    }
    if (!(event.target as HTMLElement).dataset["day"]) return;
    const side = isPersian() ? -1 : 1;
    const moves: Record<string, () => string> = {
      ArrowRight: () => addDays(this.cursor, side),
      ArrowLeft: () => addDays(this.cursor, -side),
      ArrowUp: () => addDays(this.cursor, -7),
      ArrowDown: () => addDays(this.cursor, 7),
      PageUp: () => addMonths(this.calendar, this.cursor, event.shiftKey ? -12 : -1),
      PageDown: () => addMonths(this.calendar, this.cursor, event.shiftKey ? 12 : 1),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.cursor = move();
    this.draw(true);
  }
}
