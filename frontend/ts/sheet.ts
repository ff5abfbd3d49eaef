// The panel as a bottom sheet on a phone: three heights, by drag, tap or keyboard. On a desk it does nothing.
import { t } from "./wording";

type Stop = "peek" | "half" | "full";
const NEXT: Record<Stop, Stop> = { peek: "half", half: "full", full: "peek" };
const PEEK_PX = 148;
const DRAG_PX = 8;

/** The nearest stop for a visible height, of a sheet that is `full` px high. */
export function nearestStop(visible: number, full: number): Stop {
  const heights: [Stop, number][] = [["peek", PEEK_PX], ["half", full * 0.56], ["full", full]];
  return heights.reduce((best, item) => (Math.abs(item[1] - visible) < Math.abs(best[1] - visible) ? item : best))[0];
}

export class Sheet {
  private stop: Stop = "peek";

  constructor(
    private readonly panel: HTMLElement,
    private readonly handle: HTMLButtonElement,
  ) {
    handle.addEventListener("click", () => this.show(NEXT[this.stop]));
    handle.addEventListener("pointerdown", (event) => this.drag(event));
    panel.addEventListener("focusin", (event) => this.uncover(event.target as HTMLElement));
    this.show("peek");
  }

  /** What the keyboard comes to is never below the edge of the screen. */
  private uncover(focused: HTMLElement): void {
    if (focused.matches(":focus-visible") && focused.getBoundingClientRect().bottom > window.innerHeight) this.show("full");
  }

  /** Moves the sheet; peeking shows the head only. */
  show(stop: Stop): void {
    this.stop = stop;
    const full = this.panel.offsetHeight;
    const height = { peek: PEEK_PX, half: Math.round(full * 0.56), full }[stop];
    this.panel.style.setProperty("--sheet", `${height}px`);
    this.handle.setAttribute("aria-expanded", String(stop !== "peek"));
    const label = this.handle.querySelector(".visually-hidden");
    if (label) label.textContent = t(stop === "full" ? "shrink" : "expand");
  }

  /** How many px of `box` stay free above the sheet once it rests; null where the panel stands beside the map. */
  above(box: DOMRect): number | null {
    const panel = this.panel.getBoundingClientRect();
    if (panel.width < box.width) return null;
    const rest = Number.parseFloat(this.panel.style.getPropertyValue("--sheet")) || PEEK_PX;
    return Math.max(0, box.height - rest);
  }

  private drag(start: PointerEvent): void {
    const full = this.panel.offsetHeight;
    const from = Number.parseFloat(getComputedStyle(this.panel).getPropertyValue("--sheet")) || PEEK_PX;
    let visible = from;
    let moved = false;
    const move = (event: PointerEvent) => {
      if (!moved && Math.abs(event.clientY - start.clientY) < DRAG_PX) return;
      moved = true;
      visible = Math.max(PEEK_PX / 2, Math.min(full, from + start.clientY - event.clientY));
      this.panel.classList.add("is-dragged");
      this.panel.style.setProperty("--sheet", `${visible}px`);
    };
    const end = () => {
      this.handle.removeEventListener("pointermove", move);
      this.panel.classList.remove("is-dragged");
      if (!moved) return;
      this.handle.addEventListener("click", (event) => event.stopImmediatePropagation(), { capture: true, once: true });
      this.show(nearestStop(visible, full));
    };
    this.handle.setPointerCapture(start.pointerId);
    this.handle.addEventListener("pointermove", move);
    this.handle.addEventListener("pointerup", end, { once: true });
    this.handle.addEventListener("pointercancel", end, { once: true });
  }
}
