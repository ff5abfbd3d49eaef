// The days on which a layer changes, as a slider: what it shows follows the day.
import { t } from "./wording";

export interface Day {
  day: string;
  label: string;
  said: string[];
  now: boolean;
}

const PAUSE_MS = 1600;

/** The stop that holds on a day ('2026-11-22'); the first one before all of them. */
export function stopAt(days: readonly Day[], on: string): number {
  const past = days.filter((day) => day.day <= on).length;
  return Math.max(0, past - 1);
}

/** The stop after this one; the first one again after the last. */
export function stopAfter(at: number, count: number): number {
  return count > 0 ? (at + 1) % count : 0;
}

export class Timeline {
  private playing: ReturnType<typeof setInterval> | null = null;

  constructor(
    private readonly days: readonly Day[],
    private readonly parts: { range: HTMLInputElement; said: HTMLElement; play: HTMLButtonElement },
    private readonly moved: (day: Day) => void,
  ) {
    const { range, play } = parts;
    range.max = String(Math.max(0, days.length - 1));
    range.addEventListener("input", () => {
      this.stop();
      this.show(Number(range.value));
    });
    play.addEventListener("click", () => (this.playing === null ? this.start() : this.stop()));
  }

  /** Puts the slider on the stop that holds on a day, without telling anybody. */
  place(on: string): void {
    const at = stopAt(this.days, on);
    this.parts.range.value = String(at);
    this.say(at);
  }

  private show(at: number): void {
    const day = this.say(at);
    if (day) this.moved(day);
  }

  private say(at: number): Day | undefined {
    const day = this.days[at];
    if (!day) return undefined;
    const sentence = [day.label, ...day.said].join(" · ");
    this.parts.range.setAttribute("aria-valuetext", sentence);
    this.parts.said.textContent = sentence;
    return day;
  }

  private start(): void {
    this.button(true);
    this.playing = setInterval(() => this.step(), PAUSE_MS);
    this.step();
  }

  private step(): void {
    const at = stopAfter(Number(this.parts.range.value), this.days.length);
    this.parts.range.value = String(at);
    this.show(at);
    if (at === this.days.length - 1) this.stop();
  }

  private stop(): void {
    if (this.playing !== null) clearInterval(this.playing);
    this.playing = null;
    this.button(false);
  }

  private button(playing: boolean): void {
    this.parts.play.setAttribute("aria-pressed", String(playing));
    this.parts.play.textContent = t(playing ? "pause" : "play");
  }
}
