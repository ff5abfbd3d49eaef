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
  note?: Bilingual | null;
}

export interface SearchParts {
  form: HTMLFormElement;
  input: HTMLInputElement;
  /** Holds the list while it is open. */
  box: HTMLElement;
  /** A status region that stays in the page: what screen readers hear. */
  said: HTMLElement;
  url: string;
  /** What a found place is, in words. */
  kinds: Record<string, string>;
  pick: (hit: Hit) => void;
  /** Without a choice the form is sent, and the server's page of results answers. */
  sends?: boolean;
}

const PAUSE_MS = 220;
const SHORTEST = 2;

/** The hit that Enter means when none is chosen: the only one, or the parcel at a point. */
export function meant(hits: Hit[]): Hit | null {
  const [first, ...others] = hits;
  return first && others.every((hit) => first.kind === "parcel" && hit.kind === "point") ? first : null;
}

export class Search {
  private hits: Hit[] = [];
  private chosen = -1;
  private timer = 0;
  private running: AbortController | null = null;

  constructor(private readonly parts: SearchParts) {
    const { form, input, box } = parts;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", box.id);
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => void this.submit(event));
    form.addEventListener("focusout", (event) => this.left(event.relatedTarget));
    document.addEventListener("pointerdown", (event) => this.left(event.target));
  }

  private left(to: EventTarget | null): void {
    if (to instanceof Node && !this.parts.form.contains(to)) this.close();
  }

  private later(): void {
    clearTimeout(this.timer);
    if (this.parts.input.value.trim().length < SHORTEST) {
      this.close();
      return;
    }
    this.timer = window.setTimeout(() => void this.ask(), PAUSE_MS);
  }

  private async submit(event: SubmitEvent): Promise<void> {
    const hit = this.hits[this.chosen];
    clearTimeout(this.timer);
    if (!hit && this.parts.sends) return;
    event.preventDefault();
    if (!hit) await this.ask();
    const choice = hit ?? meant(this.hits);
    if (choice) this.choose(choice);
  }

  private async ask(): Promise<void> {
    this.running?.abort();
    const running = new AbortController();
    this.running = running;
    this.tell(t("searching"));
    try {
      const query = { ...this.clocks(), q: this.parts.input.value.trim() };
      const found = await getJson<Found>(withParameters(this.parts.url, query), running.signal);
      this.show(found);
    } catch (error) {
      if (!isCancelled(error)) this.tell(error instanceof Trouble ? error.message : t("failed"));
    }
  }

  /** The day and the knowledge of the page, as its form keeps them. */
  private clocks(): Record<string, string> {
    const kept = [...this.parts.form.querySelectorAll<HTMLInputElement>("input[type=hidden]:not(:disabled)")];
    return Object.fromEntries(kept.map((input) => [input.name, input.value]));
  }

  /** A sentence in the place of the list. */
  private tell(text: string): void {
    this.hits = [];
    this.chosen = -1;
    this.parts.said.textContent = text;
    this.open([line(text)]);
  }

  private show(found: Found): void {
    if (found.results.length > 0) {
      this.list(found.results, t("results", { n: found.results.length }));
      return;
    }
    const near = found.suggestions.filter((item): item is Hit => typeof item !== "string");
    if (near.length > 0) this.list(near, t("did_you_mean"), true);
    else this.tell(say(found.note) || t("no_results"));
  }

  private list(hits: Hit[], heading: string, visible = false): void {
    this.hits = hits;
    this.chosen = -1;
    this.parts.said.textContent = heading;
    const list = document.createElement("div");
    list.id = `${this.parts.box.id}-list`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.parts.input.labels?.[0]?.textContent ?? "");
    list.append(...hits.map((hit, index) => this.option(hit, index)));
    this.open(visible ? [line(heading), list] : [list]);
    this.parts.input.setAttribute("aria-controls", list.id);
  }

  private option(hit: Hit, index: number): HTMLElement {
    const option = document.createElement("div");
    option.id = `result-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.textContent = say(hit.label);
    option.append(name);
    const kind = this.parts.kinds[hit.kind];
    if (hit.kind === "parcel" && hit.code && !say(hit.label).includes(digits(hit.code))) {
      option.append(small(Object.assign(document.createElement("bdi"), { dir: "ltr", textContent: hit.code })));
    } else if (hit.kind !== "parcel" && hit.kind !== "point" && kind) {
      option.append(small(kind));
    }
    option.addEventListener("click", () => this.choose(hit));
    return option;
  }

  private choose(hit: Hit): void {
    this.close();
    this.parts.input.value = hit.kind === "parcel" && hit.code ? digits(hit.code) : say(hit.label);
    this.parts.said.textContent = "";
    this.parts.pick(hit);
  }

  private open(children: HTMLElement[]): void {
    this.parts.box.replaceChildren(...children);
    this.parts.box.hidden = false;
    this.parts.input.setAttribute("aria-expanded", String(this.hits.length > 0));
    this.parts.input.removeAttribute("aria-activedescendant");
  }

  private close(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.parts.box.hidden = true;
    this.chosen = -1;
    this.parts.input.setAttribute("aria-expanded", "false");
    this.parts.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape" && !this.parts.box.hidden) {
      event.preventDefault(); // the first one closes the list, the next one empties the box
      this.close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    if (this.parts.box.hidden && this.hits.length > 0) this.parts.box.hidden = false;
    if (this.hits.length > 0) this.activate((Math.max(this.chosen, step > 0 ? -1 : 0) + step + this.hits.length) % this.hits.length);
    else if (step > 0) this.later();
  }

  private activate(chosen: number): void {
    this.chosen = chosen;
    this.parts.box.querySelectorAll("[role=option]").forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === chosen));
      if (index === chosen) option.scrollIntoView({ block: "nearest" });
    });
    this.parts.input.setAttribute("aria-expanded", "true");
    this.parts.input.setAttribute("aria-activedescendant", `result-${chosen}`);
  }
}

function line(text: string): HTMLElement {
  return Object.assign(document.createElement("p"), { textContent: text });
}

function small(content: string | Node): HTMLElement {
  const element = document.createElement("small");
  element.append(content);
  return element;
}
