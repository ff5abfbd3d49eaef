// The layers of a day: what the server lists, drawn on the map and switched in a panel with legends.
import type { GridLayer, Map as LeafletMap } from "leaflet";
import type { Clocks } from "./city_map_time";
import { getJson, withParameters } from "./net";
import { backdropLabels, backdropPaint, districtLabels, districtPaint, parcelPaint, pendingPaint, themeLabels, themePaint } from "./paint";
import { tileLayer } from "./tiles";
import { say, t, type Bilingual } from "./wording";

export interface LegendItem {
  code: string;
  label: Bilingual;
  color: string;
}

export interface PendingItem {
  instrument: string;
  title: Bilingual;
  status: string;
  tiles?: string;
}

export interface Theme {
  code: string;
  label: Bilingual;
  kind: string;
  style?: { default?: string; fill_opacity?: number; shown?: boolean };
  legend: LegendItem[];
  editions: { title: Bilingual }[];
  pending: PendingItem[];
}

export interface LayerList {
  on: string;
  law_version: number;
  tiles: Record<string, string>;
  themes: Theme[];
}

const PANES: [name: string, order: number][] = [
  ["backdrop", 210],
  ["themes", 230],
  ["pending", 240],
  ["parcels", 250],
  ["names", 260],
];
const REMEMBERED = "parvaneh-layers";
const SHOWN_FIRST = 1;
const FILL_OPACITY = 0.5;
const NEAR_ZOOM = 15;

/** Colours of a theme by code; '' is the colour of what has none. */
export function colorsOf(theme: Theme): Record<string, string> {
  const colors: Record<string, string> = { "": theme.style?.default ?? theme.legend[0]?.color ?? "#7a8790" };
  for (const item of theme.legend) colors[item.code] = item.color;
  return colors;
}

export class Layers {
  private base: GridLayer[] = [];
  private names: GridLayer | null = null;
  private readonly drawn = new Map<string, GridLayer>();
  private list: LayerList | null = null;
  private shown: Set<string>;
  /** Shown without having been asked for: on a phone they wait until the map is near, a whole city of zones is heavy. */
  private readonly unasked = new Set<string>();
  private near = false;
  private running: AbortController | null = null;

  constructor(
    private readonly map: LeafletMap,
    private readonly box: HTMLElement,
    private readonly options: { url: string; close: () => void; failed: (key: string) => void; sparing?: boolean },
  ) {
    for (const [name, order] of PANES) {
      const pane = map.createPane(name);
      pane.style.zIndex = String(order);
      pane.style.pointerEvents = "none";
    }
    map.getPane("themes")!.style.mixBlendMode = "multiply";
    this.shown = new Set(remembered());
    map.on("zoomend", () => {
      if (this.unasked.size > 0 && this.near !== map.getZoom() >= NEAR_ZOOM) this.drawNames();
    });
  }

  /** Shows the layers of a day as recorded by an instant; the switches keep their state. The last question counts. */
  async load(clocks: Clocks): Promise<void> {
    this.running?.abort();
    this.running = new AbortController();
    const list = await getJson<LayerList>(withParameters(this.options.url, { ...clocks }), this.running.signal);
    const first = this.list === null;
    this.list = list;
    if (first && remembered().length === 0) {
      const standard = list.themes.filter((theme) => theme.style?.shown);
      for (const theme of standard.length ? standard : list.themes.slice(0, SHOWN_FIRST)) {
        this.shown.add(theme.code);
        if (this.options.sparing) this.unasked.add(theme.code);
      }
    }
    this.drawBase(list.tiles);
    this.drawThemes();
    this.drawPanel();
  }

  private drawBase(tiles: Record<string, string>): void {
    for (const layer of this.base) layer.remove();
    const failed = () => this.options.failed("tiles_failed");
    const { backdrop, parcels, districts } = tiles;
    this.base = [];
    if (backdrop) this.base.push(tileLayer({ url: backdrop, pane: "backdrop", paint: backdropPaint(), failed }));
    if (districts) this.base.push(tileLayer({ url: districts, pane: "pending", paint: districtPaint(), failed }));
    if (parcels) this.base.push(tileLayer({ url: parcels, pane: "parcels", paint: parcelPaint(), minZoom: 16, failed }));
    for (const layer of this.base) layer.addTo(this.map);
  }

  private drawThemes(): void {
    for (const layer of this.drawn.values()) layer.remove();
    this.drawn.clear();
    for (const key of this.shown) this.add(key);
    this.drawNames();
  }

  /** The theme of a switch and the address of its tiles; `pending` for law that is not law now. */
  private find(key: string): { theme: Theme; url: string; pending: boolean } | null {
    const [code = "", instrument] = key.split("/");
    const theme = this.list?.themes.find((item) => item.code === code);
    const url = instrument ? theme?.pending.find((item) => item.instrument === instrument)?.tiles : this.list?.tiles[code];
    return theme && url ? { theme, url, pending: instrument !== undefined } : null;
  }

  private add(key: string): void {
    const found = this.find(key);
    if (!found) return;
    const { theme, url, pending } = found;
    const colors = colorsOf(theme);
    const paint = pending ? pendingPaint(theme.code, colors) : themePaint(theme.code, colors, theme.style?.fill_opacity ?? FILL_OPACITY);
    const failed = () => this.options.failed("tiles_failed");
    const minZoom = this.unasked.has(key) ? NEAR_ZOOM : 0;
    this.drawn.set(key, tileLayer({ url, pane: pending ? "pending" : "themes", paint, failed, minZoom }).addTo(this.map));
  }

  /** All names in one layer, so that they make room for each other. */
  private drawNames(): void {
    this.names?.remove();
    const { backdrop, districts } = this.list?.tiles ?? {};
    const url: Record<string, string> = {};
    if (districts) url["districts"] = districts;
    if (backdrop) url["backdrop"] = backdrop;
    const labels = [...districtLabels(), ...backdropLabels()];
    this.near = this.map.getZoom() >= NEAR_ZOOM;
    for (const key of this.shown) {
      const found = this.near || !this.unasked.has(key) ? this.find(key) : null;
      if (!found) continue;
      url[key] = found.url;
      labels.push(...themeLabels(key, found.theme.code, !found.pending));
    }
    this.names = tileLayer({ url, pane: "names", paint: [], labels }).addTo(this.map);
  }

  private toggle(key: string, on: boolean): void {
    this.unasked.delete(key);
    this.drawn.get(key)?.remove();
    this.drawn.delete(key);
    if (on) {
      this.shown.add(key);
      this.add(key);
    } else {
      this.shown.delete(key);
    }
    this.drawNames();
    remember(this.shown);
  }

  private drawPanel(): void {
    const head = document.createElement("div");
    head.className = "layers-head";
    const title = document.createElement("h2");
    title.textContent = this.box.getAttribute("aria-label");
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", t("close"));
    close.addEventListener("click", this.options.close);
    head.append(title, close);
    this.box.replaceChildren(head, ...(this.list?.themes ?? []).map((theme) => this.themeBox(theme)));
  }

  private themeBox(theme: Theme): HTMLElement {
    const box = document.createElement("div");
    box.className = "layer";
    box.append(this.switchOf(theme.code, say(theme.label)));
    if (this.unasked.has(theme.code)) box.append(note(t("drawn_near")));
    if (theme.editions.length === 0) box.append(note(t("no_features")));
    for (const edition of theme.editions) box.append(note(say(edition.title)));
    if (theme.legend.length > 0) box.append(legend(theme.legend));
    for (const item of theme.pending) box.append(this.pendingBox(theme, item));
    return box;
  }

  private pendingBox(theme: Theme, item: PendingItem): HTMLElement {
    const box = document.createElement("div");
    box.className = "layer-pending";
    const status = t(`status_${item.status}`);
    box.append(this.switchOf(`${theme.code}/${item.instrument}`, `${say(item.title)}: ${status} (${t("not_law")})`));
    return box;
  }

  private switchOf(key: string, name: string): HTMLLabelElement {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.type = "checkbox";
    input.checked = this.shown.has(key);
    input.dataset["layer"] = key;
    input.addEventListener("change", () => this.toggle(key, input.checked));
    label.append(input, name);
    return label;
  }
}

function note(text: string): HTMLElement {
  const line = document.createElement("p");
  line.className = "layer-note";
  line.textContent = text;
  return line;
}

function legend(items: LegendItem[]): HTMLElement {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const item of items) {
    const row = document.createElement("li");
    row.append(swatch(item.color), document.createTextNode(say(item.label)));
    list.append(row);
  }
  return list;
}

function swatch(color: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 18 18");
  svg.setAttribute("aria-hidden", "true");
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const shape = { x: "1", y: "1", width: "16", height: "16", rx: "3", fill: color, "fill-opacity": "0.6", stroke: color };
  for (const [name, value] of Object.entries(shape)) box.setAttribute(name, value);
  svg.append(box);
  return svg;
}

function remembered(): string[] {
  try {
    return JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "[]") as string[];
  } catch {
    return [];
  }
}

function remember(shown: Set<string>): void {
  try {
    sessionStorage.setItem(REMEMBERED, JSON.stringify([...shown]));
  } catch {
    // A browser that keeps nothing still shows the layers.
  }
}
