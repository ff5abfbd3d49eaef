// What works on every page with a search box: results while typing, sharing, and "where am I" without a map.
import type { Clocks } from "./city_map_time";
import { startEnvelopes } from "./envelope";
import { startHistories } from "./history";
import { NoFix, parcelUnder, whereAmI, within, type Bounds } from "./locate";
import { Trouble, withParameters } from "./net";
import { element, readBlock } from "./page_data";
import { Search, type Hit } from "./search";
import { sharing } from "./share";
import { speak, t } from "./wording";

export interface SiteData {
  language: string;
  bounds: Bounds;
  urls: Record<"at" | "search" | "page" | "home", string>;
  kinds: Record<string, string>;
  texts: Record<string, string>;
}

const SLOT = "CODE";
const PLACE_ZOOM = 17;

/** The page a hit leads to: a parcel's own text, a place on the map. */
export function pageOf(hit: Pick<Hit, "kind" | "code" | "lat" | "lon">, urls: SiteData["urls"]): string {
  if (hit.kind === "parcel" && hit.code) return urls.page.replace(SLOT, encodeURIComponent(hit.code));
  return withParameters(urls.home, { lat: hit.lat.toFixed(6), lon: hit.lon.toFixed(6), z: PLACE_ZOOM, map: 1 });
}

/** Starts the box and the buttons. `pick`: what choosing does; without it the hit's page is opened. */
export function startSite(pick?: (hit: Hit) => void): SiteData | null {
  sharing();
  startEnvelopes();
  startHistories();
  const site = readBlock<SiteData>("site-data");
  if (!site) return null;
  speak(site.language, site.texts);
  new Search({
    form: element<HTMLFormElement>("search-form"),
    input: element<HTMLInputElement>("q"),
    box: element("results"),
    said: element("search-said"),
    url: site.urls.search,
    kinds: site.kinds,
    sends: !pick,
    pick: pick ?? ((hit) => location.assign(pageOf(hit, site.urls))),
  });
  return site;
}

/** "Where am I" where no map is shown: leads to the parcel's page, or says why it cannot be told. */
export function locateAsText(button: HTMLElement, said: HTMLElement, site: SiteData, clocks: Clocks): void {
  button.hidden = false;
  button.addEventListener("click", () => void locate(said, site, clocks));
}

async function locate(said: HTMLElement, site: SiteData, clocks: Clocks): Promise<void> {
  said.replaceChildren(t("locating"));
  try {
    const fix = await whereAmI();
    if (!within(fix, site.bounds)) {
      said.replaceChildren(t("outside_city"));
      return;
    }
    const at = await parcelUnder(fix, site.urls.at, clocks);
    if (at) {
      location.assign(withParameters(site.urls.page.replace(SLOT, encodeURIComponent(at.parcel.code)), { ...clocks }));
      return;
    }
    const map = document.createElement("a");
    map.href = withParameters(site.urls.home, { lat: fix.lat.toFixed(6), lon: fix.lon.toFixed(6), z: PLACE_ZOOM, map: 1 });
    map.textContent = t("tap_on_map");
    said.replaceChildren(t("not_sure_where", { m: Number(Math.ceil(fix.accuracy)) }), " ", map);
  } catch (error) {
    said.replaceChildren(error instanceof NoFix ? error.sentence : error instanceof Trouble ? error.message : t("failed"));
  }
}

