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
