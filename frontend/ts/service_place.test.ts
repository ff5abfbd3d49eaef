import { beforeEach, describe, expect, it } from "vitest";
import { ChosenPlace } from "./service_place";

let lon: HTMLInputElement;
let lat: HTMLInputElement;
let said: HTMLElement;

beforeEach(() => {
  document.body.innerHTML = `<input id="lon"><input id="lat"><p id="said" data-chosen="chosen" data-none="none"></p>`;
  lon = document.querySelector("#lon")!;
  lat = document.querySelector("#lat")!;
  said = document.querySelector("#said")!;
});

describe("the place of a form", () => {
  it("is kept as two numbers, longitude and latitude not mixed up", () => {
    const place = new ChosenPlace(lon, lat, said);
    place.choose({ lat: 32.654, lon: 51.67412345 });
    expect([lon.value, lat.value, said.textContent]).toEqual(["51.674123", "32.654000", "chosen"]);
    expect(place.place).toEqual({ lon: 51.674123, lat: 32.654 });
  });

  it("is nothing until it is chosen and after it was cleared", () => {
    const place = new ChosenPlace(lon, lat, said);
    expect(place.place).toBeNull();
    place.choose({ lat: 1, lon: 2 });
    place.clear();
    expect([place.place, lon.value, said.textContent]).toEqual([null, "", "none"]);
  });

  it("does not take words for numbers", () => {
    lon.value = "here";
    lat.value = "1";
    expect(new ChosenPlace(lon, lat, said).place).toBeNull();
  });
});
