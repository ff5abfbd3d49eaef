// Fields that hold a day: the calendar of the map in the place of the typed text. Without scripts the text stays.
import { DatePicker } from "./datepicker";

interface Days {
  calendar: string;
  today: string;
}

const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** Puts a calendar into the box of every field that must hold a day and can be read by machines already. */
export function days(data: Days): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-date]")) {
    const written = input.dataset["iso"] ?? input.value;
    if (written !== "" && !ISO.test(written)) continue; // what could not be read stays as it was typed
    calendar(input, ISO.test(written) ? written : data.today, data);
  }
}

function calendar(input: HTMLInputElement, chosen: string, { calendar, today }: Days): void {
  const box = input.parentElement as HTMLFormElement; // the picker asks no more of it than any box has
  box.classList.add("day-field");
  new DatePicker({
    form: box,
    input,
    calendar,
    today,
    on: chosen === today ? null : chosen,
    changed: (on) => (input.value = on ?? today),
  });
  input.value = chosen;
  named(box, input);
}

/** The picker's button has one name on the map's page; here there are several. */
function named(box: HTMLElement, input: HTMLInputElement): void {
  const button = box.querySelector<HTMLElement>("#date-button");
  const label = box.querySelector("label");
  if (!button || !label) return;
  button.id = `${input.id}-button`;
  label.setAttribute("for", button.id);
  label.id = `${input.id}-label`;
  button.setAttribute("aria-labelledby", `${label.id} ${button.id}`);
}
