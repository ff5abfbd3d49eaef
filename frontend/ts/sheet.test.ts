import { beforeEach, expect, it } from "vitest";
import { nearestStop, Sheet } from "./sheet";
import { speak } from "./wording";

beforeEach(() => {
  speak("en", { expand: "more panel", shrink: "more map" });
  document.body.innerHTML = `<aside id="p"><button id="h"><span class="visually-hidden"></span></button></aside>`;
});

it.each([
  [100, "peek"],
  [290, "peek"],
  [400, "half"],
  [700, "full"],
] as const)("%i px of 800 px rests at %s", (visible, stop) => {
  expect(nearestStop(visible, 800)).toBe(stop);
});

it("a tap on the handle opens it half, then whole, then closes it", () => {
  const panel = document.querySelector("#p") as HTMLElement;
  const handle = document.querySelector("#h") as HTMLButtonElement;
  Object.defineProperty(panel, "offsetHeight", { value: 800 });
  new Sheet(panel, handle);
  const heights = [1, 2, 3].map(() => {
    handle.click();
    return [panel.style.getPropertyValue("--sheet"), handle.getAttribute("aria-expanded"), handle.textContent];
  });
  expect(heights).toEqual([
    ["448px", "true", "more panel"],
    ["800px", "true", "more map"],
    ["148px", "false", "more panel"],
  ]);
});

it("tells how much of the map stays free above it, and nothing where it stands beside the map", () => {
  const panel = document.querySelector("#p") as HTMLElement;
  Object.defineProperty(panel, "offsetHeight", { value: 500 });
  const sheet = new Sheet(panel, document.querySelector("#h") as HTMLButtonElement);
  sheet.show("half");
  panel.getBoundingClientRect = () => new DOMRect(0, 0, 390, 500);
  expect(sheet.above(new DOMRect(0, 0, 390, 600))).toBe(320);
  expect(sheet.above(new DOMRect(0, 0, 900, 600))).toBeNull();
});
