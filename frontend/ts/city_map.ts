// Ties the parts of the map page together: picking, panel, layers, search, day, permanent link.
import type { GeoJsonObject } from "geojson";
import type { Map as LeafletMap } from "leaflet";
import { showClocks, type Clocks } from "./city_map_time";
import { DatePicker } from "./datepicker";
import { EnvelopeOnMap } from "./envelope_map";
import { Highlight } from "./highlight";
import { Layers } from "./layers";
import { writeLink } from "./link";
import { Here, NoFix, parcelUnder, whereAmI, within } from "./locate";
import { getJson, isCancelled, Trouble, withParameters } from "./net";
import { element, type PageData } from "./page_data";
import { Panel, type LitZone } from "./panel";
import { parcelAt, type At, type Nearest, type PickedParcel } from "./pick";
import type { Hit } from "./search";
import { Sheet } from "./sheet";
import { Toast } from "./toast";
import { t } from "./wording";

const SLOT = "CODE";
const PICK_ZOOM = 16;
const PARCEL_ZOOM = 18;
const WHOLE_PCT = 99.9;
const PHONE = "(max-width: 760px)";

export class CityMap {
  private readonly map: LeafletMap;
  private readonly highlight: Highlight;
  private readonly envelope: EnvelopeOnMap;
  private readonly here: Here;
  private readonly layers: Layers;
  private readonly panel: Panel;
  private readonly sheet: Sheet;
  private readonly toast = new Toast(element("map-status"));
  private parcel: string | null = null;
  private on: string | null;
  private kind: string;
  private picker: DatePicker | null = null;
  private picking: AbortController | null = null;
  private lighting: AbortController | null = null;
  private outlined: GeoJsonObject | null = null;

  constructor(
    private readonly box: HTMLElement,
    private readonly data: PageData,
  ) {
    this.on = data.on;
    this.kind = data.kind;
    this.map = this.makeMap();
    this.highlight = new Highlight(this.map);
    this.envelope = new EnvelopeOnMap(this.map, element("panel-body"));
    this.here = new Here(this.map);
    this.sheet = new Sheet(element("panel"), element("handle"));
    const layersBox = element("layers");
    this.layers = new Layers(this.map, layersBox, {
      url: data.urls.layers,
      close: () => this.toggleLayers(false),
      failed: (key) => this.toast.say(t(key)),
      sparing: window.matchMedia(PHONE).matches || data.light,
    });
    this.panel = new Panel(element("panel-body"), { panel: data.urls.panel, page: data.urls.page, slot: SLOT }, {
      light: (zone) => void this.light(zone),
      kindChanged: (kind) => this.ask({ kind }),
      loaded: () => this.envelope.clear(),
    });
    this.tools();
    void this.loadLayers();
    if (data.parcel) void this.outline(data.parcel.code);
    this.map.on("moveend", () => this.link());
  }

  private makeMap(): LeafletMap {
    const { center, zoom, bounds, place } = this.data.map;
    const map = L.map(this.box, {
      zoomControl: false,
      attributionControl: false,
      maxZoom: 19,
      minZoom: 10,
      maxBounds: L.latLngBounds(bounds).pad(0.3),
      keyboardPanDelta: 90,
      fadeAnimation: false,
    });
    if (place) map.setView([place.lat, place.lon], place.z);
    else if (this.data.parcel) map.setView([this.data.parcel.centroid[1], this.data.parcel.centroid[0]], PARCEL_ZOOM);
    else map.setView([center[1], center[0]], zoom);
    map.on("click", (event) => void this.pick(event.latlng));
    return map;
  }

  private tools(): void {
    const { calendar, today } = this.data;
    element("zoom-in").addEventListener("click", () => this.map.zoomIn());
    element("zoom-out").addEventListener("click", () => this.map.zoomOut());
    element("locate").addEventListener("click", () => void this.locate());
    element("layers-button").addEventListener("click", () => this.toggleLayers(true));
    element("layers").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.toggleLayers(false);
    });
    this.box.addEventListener("pointerdown", () => this.box.classList.add("pointed"), { capture: true });
    this.box.addEventListener("keydown", (event) => {
      this.box.classList.remove("pointed");
      if (event.key === "Enter" && event.target === this.box) void this.pick(this.map.getCenter());
    });
    this.picker = new DatePicker({ form: element("date-form"), input: element("on"), calendar, today, on: this.on, changed: (on) => this.ask({ on }), opened: () => this.sheet.show("peek") });
  }

  private async loadLayers(): Promise<void> {
    try {
      await this.layers.load(this.clocks());
    } catch (error) {
      if (isCancelled(error)) return;
      const retry = { label: t("retry"), run: () => void this.loadLayers() };
      this.toast.say(error instanceof Trouble ? error.message : t("layers_failed"), [retry], 0);
    }
  }

  private toggleLayers(open: boolean): void {
    element("layers").hidden = !open;
    element("layers-button").setAttribute("aria-expanded", String(open));
    if (open) this.sheet.show("peek"); // on a phone the list needs the height
    if (open) element("layers").querySelector<HTMLElement>("button")?.focus();
    else element("layers-button").focus();
  }

  /** Another day or permit kind: the same place is asked again. */
  private ask(question: { on?: string | null; kind?: string }): void {
    if (question.on !== undefined) {
      this.on = question.on;
      void this.loadLayers();
    }
    if (question.kind) this.kind = question.kind;
    this.link();
    if (this.parcel) void this.choose(this.parcel);
  }

  private async pick(place: { lat: number; lng: number }): Promise<void> {
    if (this.map.getZoom() < PICK_ZOOM) {
      this.map.setView(place, PICK_ZOOM + 1);
      this.toast.say(t("zoom_in"));
      return;
    }
    this.picking?.abort();
    this.picking = new AbortController();
    try {
      const answer = await parcelAt(this.data.urls.at, { lon: place.lng, lat: place.lat }, this.clocks(), this.picking.signal);
      if ("found" in answer) await this.found(answer.found);
      else this.noneHere(answer.none);
    } catch (error) {
      if (!isCancelled(error)) this.toast.say(error instanceof Trouble ? error.message : t("failed"));
    }
  }

  private async found(at: At): Promise<void> {
    this.toast.clear();
    this.select(at.parcel);
    await this.panel.show(at.parcel.code, this.question(), at.on_border ? this.borderNote(at) : null);
  }

  private noneHere(nearest: Nearest | null): void {
    const actions = nearest
      ? [{ label: t("nearest", { m: Math.round(nearest.distance_m) }), run: () => void this.choose(nearest.code, true) }]
      : [];
    this.toast.say(t("no_parcel"), actions, 0);
  }

  private borderNote(at: At): HTMLElement {
    const note = document.createElement("div");
    note.className = "border-note";
    const line = document.createElement("p");
    line.textContent = t("on_border", { code: at.parcel.code });
    const choices = document.createElement("p");
    choices.className = "choices";
    for (const code of at.also) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button code";
      button.dir = "ltr";
      button.textContent = code;
      button.addEventListener("click", () => void this.choose(code));
      choices.append(button);
    }
    note.append(line, choices);
    return note;
  }

  /** Chooses a parcel by its code; `move` brings it into view. */
  private async choose(code: string, move = false): Promise<void> {
    this.parcel = code;
    this.sheet.show("half");
    await Promise.all([this.panel.show(code, this.question()), this.outline(code, move)]);
  }

  private async outline(code: string, move = false): Promise<void> {
    try {
      const url = withParameters(this.data.urls.parcel.replace(SLOT, encodeURIComponent(code)), { ...this.clocks() });
      const parcel = await getJson<PickedParcel>(url);
      this.select(parcel, move);
    } catch (error) {
      if (!isCancelled(error)) this.toast.say(error instanceof Trouble ? error.message : t("failed"));
    }
  }

  private select(parcel: PickedParcel, move = false): void {
    this.parcel = parcel.code;
    this.outlined = parcel.geometry;
    this.highlight.parcel(parcel.geometry);
    this.sheet.show("half");
    if (move) this.bringIntoView(parcel);
    else this.keepVisible(parcel);
    this.link();
  }

  /** The parcel in the middle of the map that is left above the sheet: one movement, or the second undoes the first. */
  private bringIntoView(parcel: PickedParcel): void {
    const zoom = Math.max(this.map.getZoom(), PARCEL_ZOOM);
    const height = this.map.getSize().y;
    const free = this.sheet.above(this.box.getBoundingClientRect()) ?? height;
    const place = this.map.project([parcel.centroid[1], parcel.centroid[0]], zoom);
    this.map.setView(this.map.unproject(place.add([0, (height - free) / 2]), zoom), zoom);
  }

  /** On a phone the sheet covers the lower half: the parcel moves into what is left of the map. */
  private keepVisible(parcel: PickedParcel): void {
    const free = this.sheet.above(this.box.getBoundingClientRect());
    if (free === null) return;
    const point = this.map.latLngToContainerPoint([parcel.centroid[1], parcel.centroid[0]]);
    if (point.y > free * 0.7) this.map.panBy([0, point.y - free * 0.5]);
  }

  /** The day of the picker, and the knowledge that the page was opened with. */
  private clocks(): Clocks {
    return { on: this.on, known_at: this.data.known_at };
  }

  private question(): Clocks & { kind: string } {
    return { ...this.clocks(), kind: this.kind };
  }

  private async light(zone: LitZone | null): Promise<void> {
    this.lighting?.abort();
    this.highlight.light(null);
    if (!zone || !this.parcel) return;
    this.lighting = new AbortController();
    const url = this.data.urls.part.replace(SLOT, encodeURIComponent(this.parcel)).replace("/0/", `/${zone.feature}/`);
    try {
      const part = await getJson<{ geometry: GeoJsonObject }>(withParameters(url, { ...this.clocks() }), this.lighting.signal);
      this.highlight.light(part.geometry);
    } catch (error) {
      // The words beside the map already say which part it is; a zone that holds all of the parcel needs no asking.
      if (!isCancelled(error) && zone.share >= WHOLE_PCT) this.highlight.light(this.outlined);
    }
  }

  /** Flies to what was found; a parcel is chosen. */
  goTo(hit: Hit): void {
    if (hit.kind === "parcel" && hit.code) void this.choose(hit.code, true);
    else if (hit.bbox && hit.bbox[0] !== hit.bbox[2]) this.map.fitBounds([[hit.bbox[1], hit.bbox[0]], [hit.bbox[3], hit.bbox[2]]], { maxZoom: 17 });
    else this.map.setView([hit.lat, hit.lon], 17);
    this.box.focus({ preventScroll: true });
  }

  /** Never picks silently: only where the position tells the parcel from its neighbours. */
  private async locate(): Promise<void> {
    this.toast.say(t("locating"), [], 0);
    try {
      const fix = await whereAmI();
      if (!within(fix, this.data.map.bounds)) {
        this.toast.say(t("outside_city"), [], 0);
        return;
      }
      this.here.show(fix);
      const at = await parcelUnder(fix, this.data.urls.at, this.clocks());
      if (at) await this.found(at);
      else this.toast.say(t("not_sure_tap", { m: Math.ceil(fix.accuracy) }), [], 0);
    } catch (error) {
      if (error instanceof NoFix) this.toast.say(error.sentence, [], 0);
      else this.toast.say(error instanceof Trouble ? error.message : t("failed"), [], 0);
    }
  }

  private link(): void {
    const { lat, lng } = this.map.getCenter();
    const kind = this.kind === this.data.default_kind ? null : this.kind;
    writeLink({ lat, lon: lng, z: this.map.getZoom(), parcel: this.parcel, ...this.clocks(), kind });
    this.banner();
  }

  private banner(): void {
    const parts = { box: element("clock-banner"), words: element("clock-words"), now: element<HTMLAnchorElement>("clock-now"), map: element("mapbox") };
    showClocks(parts, this.clocks(), this.data.today, (iso) => this.picker?.words(iso) ?? iso);
  }
}
