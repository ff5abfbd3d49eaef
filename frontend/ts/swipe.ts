// Two panes of a map, one visible on each side of a line that a person drags. The map itself is always left to right.
import type { Map as LeafletMap } from "leaflet";
import { t } from "./wording";

const STEP = 0.05;
const LEAP = 0.2;

interface Spot {
  x: number;
  y: number;
}
export type Side = "left" | "right";

const within = (share: number): number => Math.min(1, Math.max(0, share));

/** Where a pointer stands in a box: 0 at its left edge, 1 at its right one. */
export function shareAt(clientX: number, box: { left: number; width: number }): number {
  return box.width > 0 ? within((clientX - box.left) / box.width) : 0.5;
}

/** Where a key moves the line; null for keys that are not the slider's. Left is left in every language. */
export function shareAfter(key: string, share: number): number | null {
  const moves: Record<string, number> = {
    ArrowLeft: share - STEP,
    ArrowDown: share - STEP,
    ArrowRight: share + STEP,
    ArrowUp: share + STEP,
    PageDown: share - LEAP,
    PageUp: share + LEAP,
    Home: 0,
    End: 1,
  };
  const moved = moves[key];
  return moved === undefined ? null : within(Math.round(moved * 1000) / 1000);
}

/** The clip of a side: corners of the visible map and the line between them, in the panes' own pixels. */
export function clipOf(side: Side, share: number, corner: Spot, size: Spot): string {
  const line = corner.x + size.x * share;
  const [from, to] = side === "left" ? [corner.x, line] : [line, corner.x + size.x];
  const [top, bottom] = [corner.y, corner.y + size.y];
  const points = [[from, top], [to, top], [to, bottom], [from, bottom]];
  return `polygon(${points.map(([x = 0, y = 0]) => `${Math.round(x)}px ${Math.round(y)}px`).join(", ")})`;
}

export class Swipe {
  private share = 0.5;

  constructor(
    private readonly map: LeafletMap,
    private readonly panes: Record<Side, HTMLElement>,
    private readonly line: HTMLElement,
    private readonly handle: HTMLElement,
  ) {
    map.on("move resize zoomend viewreset", () => this.clip());
    handle.addEventListener("pointerdown", (event) => this.grab(event));
    handle.addEventListener("keydown", (event) => this.key(event));
    this.set(this.share);
  }

  /** Puts the line at a share (0..1) of the map's width. */
  set(share: number): void {
    this.share = within(share);
    const percent = Math.round(this.share * 100);
    this.line.style.left = `${Math.round(this.share * 10_000) / 100}%`;
    this.handle.setAttribute("aria-valuenow", String(percent));
    this.handle.setAttribute("aria-valuetext", t("swipe_at", { n: percent }));
    this.clip();
  }

  private clip(): void {
    const corner = this.map.containerPointToLayerPoint([0, 0]);
    const size = this.map.getSize();
    for (const side of ["left", "right"] as const) this.panes[side].style.clipPath = clipOf(side, this.share, corner, size);
  }

  private grab(event: PointerEvent): void {
    if (event.button > 0) return;
    event.preventDefault();
    this.handle.focus();
    this.handle.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) => this.set(shareAt(moved.clientX, this.map.getContainer().getBoundingClientRect()));
    const end = () => {
      this.handle.removeEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) this.handle.removeEventListener(name, end);
    };
    this.handle.addEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) this.handle.addEventListener(name, end);
  }

  private key(event: KeyboardEvent): void {
    const moved = shareAfter(event.key, this.share);
    if (moved === null) return;
    event.preventDefault();
    this.set(moved);
  }
}
