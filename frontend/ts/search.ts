// The search box: results while typing, chosen by pointer or keyboard (ARIA combobox with a list).
import { getJson, isCancelled, Trouble, withParameters } from "./net";
import { digits, say, t, type Bilingual } from "./wording";

export interface Hit {
  kind: string;
  code: string | null;
  label: Bilingual;
  lon: number;
  lat: number;
  bbox: [number, number, number, number] | null;
}

interface Found {
  results: Hit[];
  suggestions: (Hit | string)[];
}

const PAUSE_MS = 220;
const SHORTEST = 2;

export class Search {
  private hits: Hit[] = [];
  private chosen = -1;
  private timer = 0;
  private running: AbortController | null = null;

  constructor(
    form: HTMLFormElement,
    private readonly input: HTMLInputElement,
    private readonly box: HTMLElement,
    private readonly url: string,
    private readonly pick: (hit: Hit) => void,
  ) {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", box.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => void this.submit(event));
    document.addEventListener("pointerdown", (event) => {
      if (!form.contains(event.target as Node)) this.close();
    });
  }

  private later(): void {
    clearTimeout(this.timer);
    if (this.input.value.trim().length < SHORTEST) {
      this.close();
      return;
    }
    this.timer = window.setTimeout(() => void this.ask(), PAUSE_MS);
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    clearTimeout(this.timer);
    if (this.chosen < 0) await this.ask();
    const hit = this.hits[Math.max(this.chosen, 0)];
    if (hit && (this.hits.length === 1 || this.chosen >= 0)) this.choose(hit);
  }

  private async ask(): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    this.say(t("searching"));
    try {
      const found = await getJson<Found>(withParameters(this.url, { q: this.input.value.trim() }), running.signal);
      this.show(found);
    } catch (error) {
      if (!isCancelled(error)) this.say(error instanceof Trouble ? error.message : t("failed"));
    }
  }

  private say(text: string): void {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.textContent = text;
    this.hits = [];
    this.chosen = -1;
    this.open([line]);
  }

  private show(found: Found): void {
    if (found.results.length > 0) {
      this.list(found.results, t("results", { n: found.results.length }));
      return;
    }
    const near = found.suggestions.filter((item): item is Hit => typeof item !== "string");
    if (near.length > 0) this.list(near, t("did_you_mean"), true);
    else this.say(t("no_results"));
  }

  private list(hits: Hit[], heading: string, visible = false): void {
    this.hits = hits;
    this.chosen = -1;
    const line = document.createElement("p");
    line.textContent = heading;
    line.setAttribute("role", "status");
    line.className = visible ? "" : "visually-hidden";
    const list = document.createElement("div");
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.input.labels?.[0]?.textContent ?? "");
    list.append(...hits.map((hit, index) => this.option(hit, index)));
    this.open([line, list]);
  }

  private option(hit: Hit, index: number): HTMLElement {
    const option = document.createElement("div");
    option.id = `result-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.textContent = say(hit.label);
    option.append(name);
    if (hit.kind === "parcel" && hit.code && !say(hit.label).includes(digits(hit.code))) {
      const code = document.createElement("small");
      code.append(Object.assign(document.createElement("bdi"), { dir: "ltr", textContent: hit.code }));
      option.append(code);
    }
    option.addEventListener("click", () => this.choose(hit));
    return option;
  }

  private choose(hit: Hit): void {
    this.close();
    this.input.value = hit.kind === "parcel" && hit.code ? digits(hit.code) : say(hit.label);
    this.pick(hit);
  }

  private open(children: HTMLElement[]): void {
    this.box.replaceChildren(...children);
    this.box.hidden = false;
    this.input.setAttribute("aria-expanded", String(this.hits.length > 0));
  }

  private close(): void {
    this.running?.abort();
    this.box.hidden = true;
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || this.hits.length === 0) return;
    event.preventDefault();
    this.chosen = (this.chosen + step + this.hits.length) % this.hits.length;
    this.box.querySelectorAll("[role=option]").forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.chosen));
      if (index === this.chosen) option.scrollIntoView({ block: "nearest" });
    });
    this.input.setAttribute("aria-activedescendant", `result-${this.chosen}`);
  }
}
