import { beforeEach, expect, it, vi } from "vitest";
import { DatePicker } from "./datepicker";
import { speak } from "./wording";

const texts = { today: "امروز", choose_date: "روز", previous_month: "ماه قبل", next_month: "ماه بعد", previous_year: "سال قبل", next_year: "سال بعد" };

function picker(on: string | null, changed = vi.fn(), opened = vi.fn()): { form: HTMLFormElement; changed: typeof changed; opened: typeof opened } {
  document.body.innerHTML = `<form id="f"><label for="on">x</label><input id="on" name="on"></form>`;
  const form = document.querySelector("form") as HTMLFormElement;
  new DatePicker({ form, input: form.querySelector("input") as HTMLInputElement, calendar: "jalali", today: "2026-11-22", on, changed, opened });
  return { form, changed, opened };
}

const year = () => document.querySelector<HTMLSelectElement>(".calendar-year") as HTMLSelectElement;
const day = (iso: string) => document.querySelector<HTMLButtonElement>(`[data-day="${iso}"]`) as HTMLButtonElement;
const press = (key: string) => (document.activeElement as HTMLElement).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));

beforeEach(() => speak("fa", texts));

it("says today in Persian digits and opens on its month", () => {
  const { form } = picker(null);
  const button = form.querySelector<HTMLButtonElement>("#date-button");
  expect(button?.textContent).toBe("امروز، ۱ آذر ۱۴۰۵");
  button?.click();
  expect(document.querySelector(".calendar-head b")?.textContent).toBe("آذر");
  expect(year().selectedOptions[0]?.textContent).toBe("۱۴۰۵");
  expect(document.querySelectorAll("[data-day]")).toHaveLength(30);
  expect(day("2026-11-22").getAttribute("aria-current")).toBe("date");
});

it("puts 1 Azar 1405, a Sunday, in the second column of a week that begins on Saturday", () => {
  picker(null).form.querySelector<HTMLButtonElement>("#date-button")?.click();
  expect(day("2026-11-22").closest("td")?.cellIndex).toBe(1);
});

it("chooses a day by keyboard: left is the next day in a right-to-left month", () => {
  const { form, changed } = picker("2026-11-25");
  form.querySelector<HTMLButtonElement>("#date-button")?.click();
  press("ArrowLeft");
  press("ArrowDown");
  expect((document.activeElement as HTMLElement).dataset["day"]).toBe("2026-12-03");
  press("PageUp");
  (document.activeElement as HTMLElement).click();
  expect(changed).toHaveBeenCalledWith("2026-11-03");
  expect(form.querySelector<HTMLInputElement>("input")?.value).toBe("2026-11-03");
  expect(form.classList.contains("is-other-day")).toBe(true);
});

it("today means no day of its own, and Escape changes nothing", () => {
  const { form, changed } = picker("2026-11-25");
  form.querySelector<HTMLButtonElement>("#date-button")?.click();
  press("Escape");
  expect(changed).not.toHaveBeenCalled();
  form.querySelector<HTMLButtonElement>("#date-button")?.click();
  day("2026-11-22").click();
  expect(changed).toHaveBeenCalledWith(null);
});

it("goes to a year long ago in one step and stays on its month and day", () => {
  const { form, changed } = picker(null);
  form.querySelector<HTMLButtonElement>("#date-button")?.click();
  year().value = "1392";
  year().dispatchEvent(new Event("change"));
  expect(document.querySelector(".calendar-head b")?.textContent).toBe("آذر");
  expect(document.activeElement).toBe(year());
  day("2013-11-22").click();
  expect(changed).toHaveBeenCalledWith("2013-11-22");
});

it("says a day in both calendars to who reads English", () => {
  speak("en", { ...texts, today: "Today" });
  const { form } = picker("2023-09-11");
  expect(form.querySelector("#date-button")?.textContent).toBe("11 Sep 2023 (20 Shahrivar 1402)");
});

it("asks for room before it shows a month", () => {
  const { form, opened } = picker(null);
  form.querySelector<HTMLButtonElement>("#date-button")?.click();
  expect(opened).toHaveBeenCalledOnce();
});
