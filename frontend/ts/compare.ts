// The page that compares two states of a layer. Everything it shows stands in the page's tables as well.
import "./page";
import "../styles/desk.css";
import "../styles/compare.css";
import { CompareMap, type CompareData } from "./compare_map";
import { getJson, isCancelled, Trouble } from "./net";
import { element, readBlock } from "./page_data";
import { Swipe } from "./swipe";
import { Timeline } from "./timeline";
import { speak, t } from "./wording";

const FIRST_WAIT_MS = 700;
const LONGEST_WAIT_MS = 5_000;

function say(sentence: string): void {
  element("compare-status").textContent = sentence;
}

function told(error: unknown): void {
  if (!isCancelled(error)) say(error instanceof Trouble ? error.message : t("failed"));
}

function leftLabel(day: string): void {
  element("compare-left").textContent = t("law_of", { day });
}

function startTimeline(data: CompareData, map: CompareMap): void {
  if (data.days.length === 0) return;
  const parts = {
    range: element<HTMLInputElement>("timeline-range"),
    said: element("timeline-said"),
    play: element<HTMLButtonElement>("timeline-play"),
  };
  const line = new Timeline(data.days, parts, (day) => {
    leftLabel(day.label);
    map.leftOn(day.day).catch(told);
  });
  line.place(data.left.on);
  element("timeline").hidden = false;
}

function startDifference(data: CompareData, map: CompareMap): void {
  const box = element<HTMLInputElement>("difference-switch");
  const show = (shown: boolean) => {
    box.checked = shown;
    map.differs(shown);
  };
  box.addEventListener("change", () => show(box.checked));
  if (!data.difference.done) return;
  show(data.difference.bbox !== null);
  document.getElementById("difference-table")?.addEventListener("click", (event) => {
    const raw = (event.target as Element).closest<HTMLElement>("[data-bbox]")?.dataset["bbox"];
    if (!raw) return;
    map.show(raw.split(",").map(Number) as [number, number, number, number]);
    show(true);
    element("compare-stage").scrollIntoView({ block: "nearest" });
  });
}

/** Until the difference is computed: shows how far it is, then shows the page with it. */
async function wait(data: CompareData): Promise<void> {
  const bar = document.getElementById("compare-progress") as HTMLProgressElement | null;
  for (let pause = FIRST_WAIT_MS; bar; pause = Math.min(pause * 1.3, LONGEST_WAIT_MS)) {
    await new Promise((wake) => setTimeout(wake, pause));
    const state = await getJson<{ state: string; percent: number; done: boolean }>(data.difference.state).catch(() => null);
    if (state?.done) return location.reload();
    if (state?.state === "cancelled") return;
    if (state) {
      bar.value = state.percent;
      element("compare-progress-said").textContent = t("percent_done", { n: state.percent });
    }
  }
}

function startMap(data: CompareData): void {
  element("compare-stage").hidden = false;
  element("compare-tools").hidden = false;
  const compared = new CompareMap(element("compare-map"), data, say);
  new Swipe(compared.map, compared.panes(), element("swipe-line"), element("swipe-handle"));
  leftLabel(element("compare-stage").dataset["left"] ?? "");
  startTimeline(data, compared);
  startDifference(data, compared);
  compared.draw().catch(told);
}

const data = readBlock<CompareData>("compare-data");
if (data) {
  speak(data.language, data.texts);
  document.documentElement.classList.add("scripted");
  if (document.getElementById("compare-stage")) startMap(data);
  void wait(data);
}
