// The home page. Its text, search and "where am I" come first; the map is a heavy part that arrives after them, and
// only when it is asked for where people spare their data.
import "../styles/map_page.css";
import type { CityMap } from "./city_map";
import { element, readBlock, type PageData } from "./page_data";
import type { Hit } from "./search";
import { locateAsText, pageOf, startSite } from "./site";
import { t } from "./wording";

interface Saving {
  connection?: { saveData?: boolean; effectiveType?: string };
}

/** Whether the device asks pages to be frugal (the server may have heard it already by the Save-Data header). */
export function frugal(root: HTMLElement, device: Saving = navigator as Saving, media = window.matchMedia): boolean {
  if (root.classList.contains("is-light")) return true;
  const { saveData, effectiveType = "" } = device.connection ?? {};
  return saveData === true || /2g$/.test(effectiveType) || media("(prefers-reduced-data: reduce)").matches;
}

function loaded<T extends HTMLLinkElement | HTMLScriptElement>(tag: T): Promise<void> {
  return new Promise((resolve, reject) => {
    tag.addEventListener("load", () => resolve());
    tag.addEventListener("error", () => reject(new Error(tag.outerHTML)));
    document.head.append(tag);
  });
}

async function load(data: PageData): Promise<CityMap> {
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: data.urls.leaflet_css });
  const script = Object.assign(document.createElement("script"), { src: data.urls.leaflet });
  const [{ startMap }] = await Promise.all([import("./map_page"), loaded(style), loaded(script)]);
  return startMap(data);
}

function start(data: PageData): void {
  const root = document.documentElement;
  const spare = frugal(root) && !data.map_wanted;
  let map: Promise<CityMap> | null = null;
  const open = () => {
    root.classList.remove("is-light-map");
    map ??= load(data);
    map.catch(() => {
      map = null;
      element("map-status").textContent = t("map_failed");
    });
    return map;
  };
  const site = startSite((hit: Hit) => {
    if (site && spare && !map) location.assign(pageOf(hit, site.urls));
    else void open().then((city) => city.goTo(hit));
  });
  if (!site) return;
  root.classList.add("scripted");
  if (!spare) {
    void open();
    return;
  }
  root.classList.add("is-light-map");
  locateAsText(element("locate-text"), element("locate-said"), site, { on: data.on, known_at: data.known_at });
  const button = element("show-map");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.hidden = true;
    void open().then(() => element("map").focus());
  });
}

const data = readBlock<PageData>("page-data");
if (data) start(data);
