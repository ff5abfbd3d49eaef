// The pages of an act: days by the calendar, the place drawn on the map or shown on it.
import "./page";
import "../styles/calendar.css";
import "../styles/desk.css";
import "../styles/desk_act.css";
import { days } from "./desk_act_days";
import { filters } from "./desk_act_filter";
import type { ActData } from "./desk_act_map";
import { readBlock } from "./page_data";
import { speak } from "./wording";

const data = readBlock<ActData>("act-data");
if (data) {
  speak(data.language, data.texts);
  days(data);
  void import("./desk_act_map").then(({ placeMap }) => placeMap(data));
}
filters();
