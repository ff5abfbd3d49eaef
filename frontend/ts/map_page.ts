// The citizen's map. The server's pages say everything already; this makes the map answer.
import "../styles/map_page.css";
import { CityMap } from "./city_map";
import { element, readBlock, type PageData } from "./page_data";
import { speak } from "./wording";

const data = readBlock<PageData>("page-data");
if (data) {
  document.documentElement.classList.add("scripted");
  speak(data.language, data.texts);
  new CityMap(element("map"), data);
}
