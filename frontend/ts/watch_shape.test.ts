import { beforeEach, expect, it, vi, type Mock } from "vitest";
import { OneShape, type Drawn } from "./watch_shape";

let form: HTMLFormElement;
let field: HTMLInputElement;
let said: HTMLElement;

function area(lon: number): Drawn & { remove: Mock<() => void> } {
  const geometry = { type: "Polygon", coordinates: [[[lon, 32.1], [lon + 0.123456789, 32.1], [lon, 32.2], [lon, 32.1]]] };
  return { toGeoJSON: () => ({ type: "Feature", properties: {}, geometry }), remove: vi.fn<() => void>() };
}

beforeEach(() => {
  document.body.innerHTML = `<form><input type="hidden"><p data-drawn="drawn" data-nothing="nothing yet"></p></form>`;
  form = document.querySelector("form")!;
  field = document.querySelector("input")!;
  said = document.querySelector("p")!;
});

function sent(): boolean {
  return form.dispatchEvent(new Event("submit", { cancelable: true }));
}

it("sends nothing while nothing is drawn, and says so", () => {
  new OneShape({ form, field, said });
  expect(sent()).toBe(false);
  expect(said.textContent).toBe("nothing yet");
});

it("keeps the last area only, to a centimetre", () => {
  const shape = new OneShape({ form, field, said });
  const [first, second] = [area(51), area(52)];
  shape.drawn(first);
  shape.drawn(first);
  expect(first.remove).not.toHaveBeenCalled();
  shape.drawn(second);
  expect(first.remove).toHaveBeenCalledOnce();
  expect(JSON.parse(field.value)).toEqual({ type: "Polygon", coordinates: [[[52, 32.1], [52.1234568, 32.1], [52, 32.2], [52, 32.1]]] });
  expect(said.textContent).toBe("drawn");
  expect(sent()).toBe(true);
});

it("forgets an area that was removed, but not for another one's sake", () => {
  const shape = new OneShape({ form, field, said });
  const [first, second] = [area(51), area(52)];
  shape.drawn(second);
  shape.removed(first);
  expect(field.value).not.toBe("");
  shape.removed(second);
  expect(field.value).toBe("");
  expect(sent()).toBe(false);
});
