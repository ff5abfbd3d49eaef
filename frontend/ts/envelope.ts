// The still picture of an envelope becomes turnable on request; what draws it is loaded only then.
import { getJson } from "./net";

/** The scene the server sends: rings in metres near the lot, x east, y north. */
export interface Scene {
  lot: Rings[];
  around: Rings[][];
  levels: { rings: Rings[]; from_m: number; to_m: number | null; counted: boolean }[];
}
export type Rings = [number, number][][];

export interface EnvelopeAnswer {
  collection: GeoJSON.FeatureCollection;
  scene: Scene | null;
}

/** Lets every envelope of the page be turned, also those that come later (the map's panel). */
export function startEnvelopes(): void {
  document.documentElement.classList.add("turnable");
  document.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest<HTMLButtonElement>("[data-envelope-turn]");
    if (button) void turn(button);
  });
}

async function turn(button: HTMLButtonElement): Promise<void> {
  const figure = button.closest<HTMLElement>("[data-envelope]");
  const stage = figure?.querySelector<HTMLElement>("[data-envelope-stage]");
  const status = figure?.querySelector<HTMLElement>("[data-envelope-status]");
  if (!figure || !stage || !status || button.disabled) return;
  button.disabled = true;
  status.textContent = "…";
  try {
    const [view, answer] = await Promise.all([import("./envelope_view"), getJson<EnvelopeAnswer>(figure.dataset["url"] ?? "")]);
    if (!answer.scene || !view.canDraw()) {
      status.textContent = button.dataset["noWebgl"] ?? "";
      button.hidden = true;
      return;
    }
    view.show(stage, answer.scene, { name: button.dataset["unit"] ?? "m", perMetre: Number(button.dataset["perMetre"] ?? 1) });
    status.textContent = button.dataset["help"] ?? "";
    button.hidden = true;
    stage.focus({ preventScroll: true });
  } catch {
    // The still picture stays, and the button with it: the person may try again.
    status.textContent = button.dataset["failed"] ?? "";
    button.disabled = false;
  }
}
