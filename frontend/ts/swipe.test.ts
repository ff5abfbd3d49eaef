import { beforeEach, expect, it, vi } from "vitest";
import { clipOf, shareAfter, shareAt, Swipe } from "./swipe";
import { speak } from "./wording";

const size = { x: 800, y: 600 };

it.each([
  [100, 0],
  [300, 0.25],
  [900, 1],
  [5000, 1],
  [-50, 0],
])("a pointer at %i of a box from 100 to 900 is at %f", (clientX, share) => {
  expect(shareAt(clientX, { left: 100, width: 800 })).toBe(share);
});

it("a box without width has its line in the middle", () => {
  expect(shareAt(10, { left: 0, width: 0 })).toBe(0.5);
});

it.each([
  ["ArrowLeft", 0.5, 0.45],
  ["ArrowRight", 0.5, 0.55],
  ["ArrowUp", 0.98, 1],
  ["ArrowDown", 0.02, 0],
  ["PageUp", 0.5, 0.7],
  ["PageDown", 0.1, 0],
  ["Home", 0.5, 0],
  ["End", 0.5, 1],
])("%s moves the line from %f to %f", (key, from, to) => {
  expect(shareAfter(key, from)).toBeCloseTo(to, 6);
});

it("other keys are not the slider's", () => {
  expect(shareAfter("Tab", 0.5)).toBeNull();
});

it("each side is clipped at the line, and together they show the whole map", () => {
  expect(clipOf("left", 0.25, { x: 0, y: 0 }, size)).toBe("polygon(0px 0px, 200px 0px, 200px 600px, 0px 600px)");
  expect(clipOf("right", 0.25, { x: 0, y: 0 }, size)).toBe("polygon(200px 0px, 800px 0px, 800px 600px, 200px 600px)");
});

it("a map that was dragged is clipped where it is seen, not where it began", () => {
  expect(clipOf("left", 0.5, { x: -120, y: 40 }, size)).toBe("polygon(-120px 40px, 280px 40px, 280px 640px, -120px 640px)");
});

it("at its ends the line leaves nothing of one side", () => {
  expect(clipOf("left", 0, { x: 0, y: 0 }, size)).toBe("polygon(0px 0px, 0px 0px, 0px 600px, 0px 600px)");
  expect(clipOf("right", 1, { x: 0, y: 0 }, size)).toBe("polygon(800px 0px, 800px 0px, 800px 600px, 800px 600px)");
});

const part = (): HTMLElement => document.body.appendChild(document.createElement("div"));

function swipe(): { handle: HTMLElement; line: HTMLElement; left: HTMLElement; moved: () => void } {
  let moved = (): void => undefined;
  const corner = { x: 0, y: 0 };
  const box = { left: 0, width: 800 } as DOMRect;
  const map = {
    on: (_names: string, listener: () => void) => (moved = listener),
    containerPointToLayerPoint: () => corner,
    getSize: () => size,
    getContainer: () => ({ getBoundingClientRect: () => box }),
  };
  const [left, right, line, handle] = [part(), part(), part(), part()] as const;
  handle.setPointerCapture = vi.fn();
  new Swipe(map as never, { left, right }, line, handle);
  return {
    handle,
    line,
    left,
    moved: () => {
      corner.x = -50;
      moved();
    },
  };
}

beforeEach(() => speak("en", { swipe_at: "{n}%" }));

it("says where it stands", () => {
  const { handle, line } = swipe();
  expect(handle.getAttribute("aria-valuenow")).toBe("50");
  expect(handle.getAttribute("aria-valuetext")).toBe("50%");
  handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
  expect(handle.getAttribute("aria-valuenow")).toBe("55");
  expect(line.style.left).toBe("55%");
});

it("follows the pointer from when it is grabbed until it is let go", () => {
  const { handle } = swipe();
  const at = (name: string, clientX: number) => handle.dispatchEvent(new PointerEvent(name, { clientX, bubbles: true }));
  at("pointermove", 80);
  expect(handle.getAttribute("aria-valuenow")).toBe("50");
  at("pointerdown", 400);
  at("pointermove", 80);
  expect(handle.getAttribute("aria-valuenow")).toBe("10");
  at("pointerup", 80);
  at("pointermove", 720);
  expect(handle.getAttribute("aria-valuenow")).toBe("10");
});

it("clips anew when the map moves", () => {
  const { left, moved } = swipe();
  const before = left.style.clipPath;
  moved();
  expect(before).not.toBe("");
  expect(left.style.clipPath).not.toBe(before);
});
