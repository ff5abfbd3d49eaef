// Pages of services: questions that hang on others come and go, and a place is shown on our own map.
import "./page";
import "../styles/services.css";
import { readBlock } from "./page_data";
import { followConditions } from "./service_form";
import { startPlace, type PlaceData } from "./service_place";
import { speak } from "./wording";

for (const form of document.querySelectorAll<HTMLFormElement>(".service-form")) followConditions(form);
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
const data = readBlock<PlaceData>("place-data");
if (data) {
  speak(data.language, data.texts);
  startPlace(data);
}
