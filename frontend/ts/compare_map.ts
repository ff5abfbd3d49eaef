// The map that compares: one state on each side of the swipe, the difference over both.
import type { GridLayer, Map as LeafletMap } from "leaflet";
import { coveragePaint, differenceLabels, differencePaint } from "./compare_paint";
import { colorsOf, type LayerList, type Theme } from "./layers";
import { getJson, withParameters } from "./net";
import { backdropLabels, backdropPaint, parcelPaint, themeLabels, themePaint } from "./paint";
import { tileLayer } from "./tiles";
import { t } from "./wording";

export interface CompareData {
  language: string;
  theme: string;
  layers: string;
  map: { bounds: [[number, number], [number, number]]; center: [number, number]; zoom: number };
  left: { on: string };
  right: { on: string | null; tiles: string | null };
  difference: { tiles: string; state: string; done: boolean; bbox: [number, number, number, number] | null };
  days: { day: string; label: string; said: string[]; now: boolean }[];
  texts: Record<string, string>;
}
type Box = [number, number, number, number];

const PANES: [name: string, order: number][] = [
  ["backdrop", 210],
  ["left", 230],
  ["right", 231],
  ["difference", 240],
  ["parcels", 250],
  ["names", 260],
];
const FILL_OPACITY = 0.6;

export class CompareMap {
  readonly map: LeafletMap;
  private left: GridLayer[] = [];
  private difference: GridLayer | null = null;
  private asked = 0;

  constructor(
    box: HTMLElement,
    private readonly data: CompareData,
    private readonly trouble: (sentence: string) => void,
  ) {
    const { bounds, center, zoom } = data.map;
    this.map = L.map(box, { zoomControl: false, attributionControl: false, minZoom: 10, maxZoom: 19, fadeAnimation: false, maxBounds: L.latLngBounds(bounds).pad(0.3) });
    L.control.zoom({ position: "bottomleft", zoomInTitle: t("zoom_in_button"), zoomOutTitle: t("zoom_out_button") }).addTo(this.map);
    for (const [name, order] of PANES) {
      const pane = this.map.createPane(name);
      pane.style.zIndex = String(order);
      pane.style.pointerEvents = "none";
    }
    if (data.difference.bbox) this.show(data.difference.bbox);
    else this.map.setView(center, zoom);
  }

  /** Both panes that the swipe clips. */
  panes(): Record<"left" | "right", HTMLElement> {
    return { left: this.map.getPane("left")!, right: this.map.getPane("right")! };
  }

  /** Brings a box (west, south, east, north) into view. */
  show([west, south, east, north]: Box): void {
    this.map.fitBounds([[south, west], [north, east]], { maxZoom: 17, padding: [30, 30] });
  }

  /** Draws what does not change with the day, and both sides. */
  async draw(): Promise<void> {
    const list = await this.list(this.data.left.on);
    const { backdrop, parcels } = list.tiles;
    if (backdrop) this.add({ url: backdrop, pane: "backdrop", paint: backdropPaint() });
    if (parcels) this.add({ url: parcels, pane: "parcels", paint: parcelPaint(), minZoom: 16 });
    if (backdrop) this.add({ url: backdrop, pane: "names", paint: [], labels: backdropLabels().map((rule) => ({ ...rule, dataSource: "" })) });
    this.drawLeft(list);
    await this.drawRight(list);
  }

  /** The left side shows the law of another day. */
  async leftOn(day: string): Promise<void> {
    const mine = ++this.asked;
    const list = await this.list(day);
    if (mine === this.asked) this.drawLeft(list);
  }

  /** The difference over both sides, or not. */
  differs(shown: boolean): void {
    this.difference?.remove();
    this.difference = shown ? this.add({ url: this.data.difference.tiles, pane: "difference", paint: differencePaint(), labels: differenceLabels() }) : null;
  }

  private list(day: string): Promise<LayerList> {
    return getJson<LayerList>(withParameters(this.data.layers, { on: day }));
  }

  private drawLeft(list: LayerList): void {
    for (const layer of this.left) layer.remove();
    this.left = this.law(list, "left");
  }

  private async drawRight(today: LayerList): Promise<void> {
    const { on, tiles } = this.data.right;
    if (on) this.law(await this.list(on), "right");
    if (!tiles) return;
    this.law(today, "right");
    const theme = this.themeOf(today);
    if (!theme) return;
    const paint = [...coveragePaint(), ...themePaint("edition", colorsOf(theme), FILL_OPACITY)];
    this.add({ url: tiles, pane: "right", paint, labels: themeLabels("", "edition", true) });
  }

  private law(list: LayerList, pane: string): GridLayer[] {
    const theme = this.themeOf(list);
    const url = list.tiles[this.data.theme];
    if (!theme || !url) return [];
    return [this.add({ url, pane, paint: themePaint(theme.code, colorsOf(theme), FILL_OPACITY), labels: themeLabels("", theme.code, true) })];
  }

  private themeOf(list: LayerList): Theme | undefined {
    return list.themes.find((theme) => theme.code === this.data.theme);
  }

  private add(options: Parameters<typeof tileLayer>[0]): GridLayer {
    return tileLayer({ ...options, failed: () => this.trouble(t("tiles_failed")) }).addTo(this.map);
  }
}
