// Says what is still on the device, and sends it: at once, when the network comes back, and when "Send now" is pressed.
import { readBlock } from "./page_data";
import { deviceStore, pageStore, type Store } from "./inspection_store";
import { sendOne } from "./inspection_send";
import { sync, waiting, type Outcome, type Send } from "./inspection_sync";
import { speak, t } from "./wording";

const AGAIN_MS = 30_000;

/** Where to go once a report is kept. Tests put their own here. */
export const leave = { to: (url: string): void => arrive(url) };

/** The box that says what waits. `lasting`: the browser keeps it beyond this page. */
export class Device {
  private running: Promise<unknown> = Promise.resolve();
  /** Called after every change of what is kept. */
  changed: (outcome: Outcome | null) => void = () => undefined;

  constructor(
    readonly store: Store,
    private readonly box: HTMLElement,
    private readonly lasting: boolean,
    private readonly send: Send,
  ) {
    this.button.addEventListener("click", () => void this.retry());
    window.addEventListener("online", () => void this.run());
    window.setInterval(() => void this.againIfWaiting(), AGAIN_MS);
  }

  /** Send all that waits; one run after the other, so that nothing is sent twice at once. */
  async run(): Promise<Outcome> {
    const tell = (left: number): void => this.say(t("device_sending", { n: left }));
    const mine = this.running.then(() => sync(this.store, this.send, tell));
    this.running = mine.catch(() => undefined);
    const outcome = await mine;
    this.show(outcome);
    this.changed(outcome);
    return outcome;
  }

  /** Say how things stand without sending anything. */
  async rest(): Promise<void> {
    this.show({ state: "away", left: waiting(await this.store.all()).length, refused: [], url: "" });
    this.changed(null);
  }

  /** What was refused is tried once more when a person asks for it. */
  private async retry(): Promise<void> {
    for (const one of await this.store.all()) {
      const { refused, ...fresh } = one;
      if (refused) await this.store.put(fresh);
    }
    await this.run();
  }

  private async againIfWaiting(): Promise<void> {
    if (navigator.onLine && waiting(await this.store.all()).some((one) => !one.refused)) await this.run();
  }

  private show(outcome: Outcome): void {
    const key = outcome.state === "signed_out" ? "device_signed_out" : "device_kept";
    this.box.hidden = false;
    this.box.classList.toggle("waits", outcome.left > 0);
    this.button.hidden = outcome.left === 0;
    const none = this.lasting ? t("device_empty") : t("device_none");
    this.say(outcome.left ? t(key, { n: outcome.left }) : none);
    const why = outcome.refused.map((one) => t("device_refused", { why: one.refused ?? "" })).join(" ");
    this.wrong.hidden = !why;
    this.wrong.textContent = why ? `${why} ${t("device_fix")}` : "";
  }

  private say(words: string): void {
    const line = this.box.querySelector<HTMLElement>("#device-state")!;
    this.box.hidden = false;
    if (line.textContent !== words) line.textContent = words;
  }

  private get button(): HTMLButtonElement {
    return this.box.querySelector<HTMLButtonElement>("#device-send")!;
  }

  private get wrong(): HTMLElement {
    return this.box.querySelector<HTMLElement>("#device-wrong")!;
  }
}

/** The device of this page; null on a page that has no box for it. */
export async function startDevice(): Promise<Device | null> {
  const box = document.getElementById("device");
  const texts = readBlock<Record<string, string>>("inspection-texts");
  if (!box || !texts) return null;
  speak(document.documentElement.lang, texts);
  const kept = await deviceStore();
  const token = box.querySelector<HTMLInputElement>('[name="csrfmiddlewaretoken"]')?.value ?? "";
  return new Device(kept ?? pageStore(), box, kept !== null, (one, photos) => sendOne(one, photos, token));
}

/** The page anew, at its place: the same address would not be asked for again. */
function arrive(url: string): void {
  location.assign(url);
  if (new URL(url, location.href).pathname === location.pathname) location.reload();
}
