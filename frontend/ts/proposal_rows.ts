// The rows of the form in the page: reads them, writes their totals, adds one by copying the last.
import { totals, type RowFigures } from "./proposal_table";
import { digits, t } from "./wording";

const MOST_ROWS = 22;
const FIELDS = ["kind", "number", "use", "gross_m2", "countable_m2", "units", "parking"] as const;
const AREAS = new Set(["gross_m2", "countable_m2"]);

/** Keeps the totals right while somebody writes, and lets rows be added. */
export function liveRows(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>("#storeys");
  if (!box) return;
  const tell = (): void => tellTotals(form, box);
  form.addEventListener("input", tell);
  const add = form.querySelector<HTMLButtonElement>("#add-row");
  if (add) {
    add.hidden = false;
    add.addEventListener("click", () => {
      addRow(box);
      add.hidden = box.children.length >= MOST_ROWS;
      tell();
    });
  }
  tell();
}

export function readRows(box: HTMLElement): RowFigures[] {
  return [...box.querySelectorAll<HTMLElement>(".storey")].map((row) => {
    const value = (name: string): string => row.querySelector<HTMLInputElement | HTMLSelectElement>(`[name^="${name}-"]`)?.value ?? "";
    return Object.fromEntries(FIELDS.map((name) => [name, value(name)])) as unknown as RowFigures;
  });
}

/** One more row: a copy of the last with nothing written in it, under names of its own. */
export function addRow(box: HTMLElement): void {
  const last = box.lastElementChild as HTMLElement | null;
  if (!last || box.children.length >= MOST_ROWS) return;
  const row = last.cloneNode(true) as HTMLElement;
  const index = box.children.length;
  row.dataset["row"] = String(index);
  for (const field of row.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) {
    field.name = field.name.replace(/-\d+$/, `-${index}`);
    field.id = field.name;
    if (field instanceof HTMLInputElement) field.value = "";
  }
  for (const label of row.querySelectorAll("label")) label.htmlFor = label.htmlFor.replace(/-\d+$/, `-${index}`);
  const legend = row.querySelector("legend");
  if (legend) legend.textContent = (legend.textContent ?? "").replace(/[\d۰-۹]+/, digits(String(index + 1)));
  box.append(row);
  row.querySelector<HTMLElement>("input")?.focus();
}

function tellTotals(form: HTMLFormElement, box: HTMLElement): void {
  const sums = totals(readRows(box));
  for (const [name, value] of Object.entries(sums)) {
    const place = form.querySelector<HTMLElement>(`[data-total="${name}"]`);
    if (!place) continue;
    const shown = value === null ? "–" : digits((value as number).toLocaleString("en", { maximumFractionDigits: 2 }));
    place.textContent = value !== null && AREAS.has(name) ? `${shown} ${t("area_unit")}` : shown;
  }
}
