// The map of the home page: everything heavy hangs on this file and is loaded by home_page.ts.
import { CityMap } from "./city_map";
import { element, type PageData } from "./page_data";
import { speak } from "./wording";

/** Draws the map into the page; Leaflet must be there. */
export function startMap(data: PageData): CityMap {
  speak(data.language, data.texts);
  return new CityMap(element("map"), data);
}
