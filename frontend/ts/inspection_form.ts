// The inspector's form: what is typed and photographed is kept on the device at once, and sent when there is a network.
import { leave, type Device } from "./inspection_device";
import { waiting, type Outcome } from "./inspection_sync";
import type { Kept } from "./inspection_store";
import { NoFix, whereAmI } from "./locate";
import { t } from "./wording";

const NOT_KEPT = new Set(["csrfmiddlewaretoken", "key", "at", "photo_sha"]);

/** Makes the form keep itself. */
export async function startForm(form: HTMLFormElement, device: Device): Promise<void> {
  const visit = form.dataset["visit"] ?? "";
  await fillFromDraft(form, await device.store.all(), visit);
  device.changed = (outcome) => void refresh(form, device, visit, outcome);
  form.addEventListener("input", () => {
    needed(form);
    void device.store.put(draftOf(form, visit));
  });
  needed(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void keepReport(form, device, visit);
  });
  startPhotos(form, device, visit);
  startPlace(form, device, visit);
}

/** The fields that a person wrote, as [name, value]. */
export function fieldsOf(form: HTMLFormElement): [string, string][] {
  const found: [string, string][] = [];
  new FormData(form).forEach((value, name) => {
    if (typeof value === "string" && !NOT_KEPT.has(name)) found.push([name, value]);
  });
  return found;
}

/** The report as it is kept: with the key that makes it one however often it is sent. */
export function reportOf(form: HTMLFormElement, visit: string, now: Date): Kept {
  const key = form.querySelector<HTMLInputElement>('[name="key"]')?.value ?? "";
  const shas = [...form.querySelectorAll<HTMLInputElement>('[name="photo_sha"]:checked')];
  const fields: [string, string][] = [
    ...fieldsOf(form),
    ["key", key],
    ["at", now.toISOString()],
    ...shas.map((box): [string, string] => ["photo_sha", box.value]),
  ];
  return { key: `report-${visit}`, visit, kind: "report", at: now.getTime(), url: form.action, fields };
}

/** What this outcome needs is asked for here: far from a network nobody else says so. */
export function needed(form: HTMLFormElement): void {
  const outcome = fieldsNamed(form, "outcome").find((field) => (field as HTMLInputElement).checked)?.value ?? "";
  const need = (name: string, is: boolean): void => fieldsNamed(form, name).forEach((field) => (field.required = is));
  need("area", outcome === "as_described" || outcome === "differs");
  need("remarks", outcome === "differs" || outcome === "not_entered");
}

async function keepReport(form: HTMLFormElement, device: Device, visit: string): Promise<void> {
  await device.store.put(reportOf(form, visit, new Date()));
  const outcome = await device.run();
  if (outcome.url) leave.to(outcome.url);
}

function draftOf(form: HTMLFormElement, visit: string): Kept {
  const key = form.querySelector<HTMLInputElement>('[name="key"]')?.value ?? "";
  return { key: `draft-${visit}`, visit, kind: "draft", at: 0, url: "", fields: [...fieldsOf(form), ["key", key]] };
}

/** What was typed before the page was loaded anew; the report that waits wins, with its key. */
async function fillFromDraft(form: HTMLFormElement, rows: Kept[], visit: string): Promise<void> {
  const mine = rows.filter((one) => one.visit === visit);
  const kept = mine.find((one) => one.kind === "report") ?? mine.find((one) => one.kind === "draft");
  for (const [name, value] of kept?.fields ?? []) {
    if (name !== "photo_sha") write(form, name, value);
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement;

function fieldsNamed(form: HTMLFormElement, name: string): Field[] {
  return [...form.querySelectorAll<Field>("input, textarea")].filter((field) => field.name === name);
}

function write(form: HTMLFormElement, name: string, value: string): void {
  for (const field of fieldsNamed(form, name)) {
    if (field.type === "radio") (field as HTMLInputElement).checked = field.value === value;
    else field.value = value;
  }
}

function startPhotos(form: HTMLFormElement, device: Device, visit: string): void {
  const input = form.querySelector<HTMLInputElement>("#photos");
  const url = form.dataset["photos"];
  if (!input || !url) return;
  input.closest<HTMLElement>(".take-photos")!.hidden = false;
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = "";
    void keepPhotos(device, files.map((file, place) => photoOf(file, place, { form, visit, url })));
  });
}

function photoOf(file: File, place: number, to: { form: HTMLFormElement; visit: string; url: string }): Kept {
  const at = Date.now() + place;
  return {
    key: `photo-${to.visit}-${at}-${Math.random().toString(36).slice(2)}`,
    visit: to.visit,
    kind: "photo",
    at,
    url: to.url,
    fields: [["title", to.form.dataset["photoTitle"] ?? ""]],
    name: file.name,
    blob: file,
  };
}

async function keepPhotos(device: Device, photos: Kept[]): Promise<void> {
  for (const photo of photos) await device.store.put(photo);
  await device.rest();
  await device.run();
}

async function refresh(form: HTMLFormElement, device: Device, visit: string, outcome: Outcome | null): Promise<void> {
  const rows = (await device.store.all()).filter((one) => one.visit === visit && one.kind === "photo");
  form.querySelector("#photo-list")?.replaceChildren(...rows.map((one) => line(one, device)));
  form.classList.toggle("waits", waiting(rows).length > 0);
  if (outcome?.url) leave.to(outcome.url);
}

function line(one: Kept, device: Device): HTMLElement {
  const item = document.createElement("li");
  const name = document.createElement("bdi");
  name.textContent = one.name ?? "";
  const state = document.createElement("span");
  state.className = "badge";
  state.textContent = t(one.refused ? "photo_refused" : one.sha ? "photo_sent" : "photo_waits");
  item.append(name, state);
  if (!one.sha) item.append(remover(one, device));
  return item;
}

function remover(one: Kept, device: Device): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = t("photo_remove");
  button.addEventListener("click", () => void device.store.remove(one.key).then(() => device.run()));
  return button;
}

function startPlace(form: HTMLFormElement, device: Device, visit: string): void {
  const button = form.querySelector<HTMLButtonElement>("#take-place");
  const said = form.querySelector<HTMLElement>("#place-said");
  if (!button || !said) return;
  button.closest<HTMLElement>(".place")!.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = t("locating");
    whereAmI().then(
      async (fix) => {
        write(form, "lon", fix.lon.toFixed(7));
        write(form, "lat", fix.lat.toFixed(7));
        write(form, "accuracy", fix.accuracy.toFixed(1));
        said.textContent = t("place_taken", { m: Math.round(fix.accuracy) });
        await device.store.put(draftOf(form, visit));
      },
      (error: unknown) => {
        said.textContent = `${error instanceof NoFix ? error.sentence : ""} ${t("place_refused")}`.trim();
      },
    );
  });
}

