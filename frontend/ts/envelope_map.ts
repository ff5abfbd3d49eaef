// The envelope on the map: levels as areas, edges in the colour of what made them. Switched by the panel's button.
import type { Feature, FeatureCollection } from "geojson";
import type { GeoJSON, Map as LeafletMap } from "leaflet";
import type { EnvelopeAnswer } from "./envelope";
import { getJson } from "./net";
import { plain, say, type Bilingual } from "./wording";

const EDGE_COLORS: Record<string, string> = { setback: "#9b1c1c", cut_out: "#ee3377", chamfer: "#c8801b", part: "#5b4a72", parcel_boundary: "#07434b" };

interface Shown {
  role: string;
  kind?: string;
  counted?: boolean;
  provision?: { label: Bilingual; article: string } | null;
}

export class EnvelopeOnMap {
  private readonly drawn: GeoJSON;
  private asked = 0;

  constructor(map: LeafletMap, panel: HTMLElement) {
    this.drawn = L.geoJSON(undefined, { style: style, onEachFeature: name }).addTo(map);
    panel.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("[data-envelope-show]");
      if (button) void this.toggle(button);
    });
  }

  /** Another parcel, another day: what is drawn no longer holds. */
  clear(): void {
    this.asked += 1;
    this.drawn.clearLayers();
  }

  private async toggle(button: HTMLButtonElement): Promise<void> {
    const on = button.getAttribute("aria-pressed") !== "true";
    this.clear();
    button.setAttribute("aria-pressed", String(on));
    if (!on) return;
    const mine = this.asked;
    const url = button.closest<HTMLElement>("[data-envelope]")?.dataset["url"] ?? "";
    try {
      const { collection } = await getJson<EnvelopeAnswer>(url);
      if (mine === this.asked) this.drawn.addData(visible(collection));
    } catch {
      if (mine === this.asked) button.setAttribute("aria-pressed", "false");
    }
  }
}

/** One area per shape is enough on a flat map: the levels from above, the edges of the lowest. */
function visible(all: FeatureCollection): FeatureCollection {
  const wanted = new Set(["level", "edge", "cut_out"]);
  return { ...all, features: all.features.filter((feature) => wanted.has((feature.properties as Shown).role)) };
}

function style(feature?: Feature): L.PathOptions {
  const shown = feature?.properties as Shown | undefined;
  if (shown?.role === "edge") return { color: EDGE_COLORS[shown.kind ?? ""] ?? "#07434b", weight: 4, opacity: 0.95 };
  if (shown?.role === "cut_out") return { stroke: false, fillColor: "#ee3377", fillOpacity: 0.35 };
  return { stroke: false, fillColor: "#0b5c66", fillOpacity: 0.16 };
}

function name(feature: Feature, layer: L.Layer): void {
  const made = (feature.properties as Shown).provision;
  if (made) layer.bindTooltip(plain(`${say(made.label)} (${made.article})`), { sticky: true });
}
