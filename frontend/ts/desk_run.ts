// A run shown live: asks how far it is, less often while nothing moves; the page reloads when it has ended.
import { pause } from "./desk_run_pause";
import { getJson } from "./net";
import { element, readBlock } from "./page_data";
import { speak, t } from "./wording";

interface Live {
  url: string;
  page: string;
  texts: Record<string, string>;
}
interface State {
  state: string;
  state_name: string;
  step: string;
  progress: number;
  ended: boolean;
}

function show(state: State): void {
  element("run-state").textContent = state.state_name;
  element("run-step").textContent = state.step;
  element<HTMLProgressElement>("run-progress").value = state.progress;
  element("run-percent").textContent = t("percent", { n: Math.floor(state.progress * 100) });
}

async function watch(live: Live): Promise<void> {
  let last = "";
  for (let still = 0; ; ) {
    await new Promise((wake) => setTimeout(wake, pause(still)));
    try {
      const state = await getJson<State>(live.url);
      element("run-quiet").textContent = "";
      show(state);
      if (state.ended) return window.location.assign(live.page);
      const now = `${state.state} ${state.step} ${state.progress}`;
      still = now === last ? still + 1 : 0;
      last = now;
    } catch {
      still += 1;
      element("run-quiet").textContent = t("run_quiet");
    }
  }
}

const live = readBlock<Live>("run-data");
if (live) {
  speak(document.documentElement.lang, live.texts);
  void watch(live);
}
