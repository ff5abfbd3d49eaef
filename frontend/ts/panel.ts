// The panel beside the map: asks the server for a parcel's page part and lights what the person opens.
import type { Clocks } from "./city_map_time";
import { getPart, isCancelled, Trouble, withParameters } from "./net";
import { t } from "./wording";

/** A zone on the parcel; `share` in % of the parcel. */
export interface LitZone {
  theme: string;
  feature: string;
  label: string;
  share: number;
}

export interface PanelEvents {
  /** Light the part of the parcel that this zone holds; null puts the light out. */
  light: (zone: LitZone | null) => void;
  kindChanged: (kind: string) => void;
  loaded: (parcel: HTMLElement) => void;
}

export class Panel {
  private running: AbortController | null = null;

  constructor(
    private readonly body: HTMLElement,
    private readonly urls: { panel: string; page: string; slot: string },
    private readonly events: PanelEvents,
  ) {
    this.enhance();
  }

  /** Shows the rules of a parcel. `note`: what to say above it (a shared border). */
  async show(code: string, question: Clocks & { kind: string }, note: HTMLElement | null = null): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    this.events.light(null);
    const chosen = this.body.contains(document.activeElement) ? document.activeElement?.id : "";
    this.body.replaceChildren(busy());
    const url = withParameters(this.urls.panel.replace(this.urls.slot, encodeURIComponent(code)), { ...question });
    try {
      this.body.innerHTML = await getPart(url, running.signal);
    } catch (error) {
      if (isCancelled(error)) return;
      this.trouble(error, () => void this.show(code, question, note));
      return;
    }
    if (note) this.body.prepend(note);
    this.enhance();
    // Who works the list of permit kinds by keyboard goes on there; everybody else begins at the top.
    this.body.querySelector<HTMLElement>(chosen === "kind" ? "#kind" : "h2")?.focus({ preventScroll: true });
    this.body.parentElement?.scrollTo(0, 0);
    this.body.scrollTo(0, 0);
  }

  private trouble(error: unknown, again: () => void): void {
    const box = document.createElement("div");
    box.className = "trouble";
    box.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = error instanceof Trouble ? error.message : t("failed");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = t("retry");
    button.addEventListener("click", again);
    box.append(text, button);
    this.body.replaceChildren(box);
  }

  private enhance(): void {
    const parcel = this.body.querySelector<HTMLElement>(".parcel");
    if (!parcel) return;
    for (const button of parcel.querySelectorAll<HTMLButtonElement>("[data-show]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.light(button));
    }
    for (const details of parcel.querySelectorAll<HTMLDetailsElement>("details[data-subject]")) {
      details.addEventListener("toggle", () => this.toggled(parcel, details));
    }
    const kind = parcel.querySelector<HTMLSelectElement>("[data-question] select");
    kind?.addEventListener("change", () => this.events.kindChanged(kind.value));
    this.events.loaded(parcel);
  }

  private toggled(parcel: HTMLElement, details: HTMLDetailsElement): void {
    if (details.open) {
      this.light(details);
    } else if (!parcel.querySelector("details[data-subject][open]")) {
      this.events.light(null);
    }
  }

  private light(source: HTMLElement): void {
    const { theme, feature, zone, share } = source.dataset;
    this.events.light(theme && feature ? { theme, feature, label: zone ?? "", share: Number(share) } : null);
  }
}

function busy(): HTMLElement {
  const line = document.createElement("p");
  line.className = "busy";
  line.setAttribute("role", "status");
  line.textContent = t("loading");
  return line;
}
