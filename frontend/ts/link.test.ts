import { beforeEach, expect, it } from "vitest";
import { viewQuery, writeLink } from "./link";

const view = { lat: 32.654, lon: 51.674, z: 17, parcel: null, on: null, known_at: null, kind: null };

beforeEach(() => {
  document.body.innerHTML = `<a hreflang="en" href="/en/?old=1">English</a><a id="in" href="/account/login/code/?next=%2F">in</a>`;
});

it("leaves out what is not chosen", () => {
  expect(viewQuery(view)).toBe("?lat=32.65400&lon=51.67400&z=17");
});

it("carries parcel, day and kind", () => {
  const query = viewQuery({ ...view, parcel: "3-2-14-5-0-0-0", on: "2026-11-01", kind: "REPAIR" });
  expect(query).toContain("parcel=3-2-14-5-0-0-0&on=2026-11-01&kind=REPAIR");
});

it("keeps the view in the other language and after signing in", () => {
  writeLink({ ...view, parcel: "3-2-14-5-0-0-0" });
  expect(document.querySelector("a")?.getAttribute("href")).toBe("/en/?lat=32.65400&lon=51.67400&z=17&parcel=3-2-14-5-0-0-0");
  const next = new URL((document.querySelector("#in") as HTMLAnchorElement).href).searchParams.get("next");
  expect(next).toContain("parcel=3-2-14-5-0-0-0");
  expect(next).not.toContain("lat=");
  writeLink(view);
  expect(new URL((document.querySelector("#in") as HTMLAnchorElement).href).searchParams.get("next")).toContain("lat=32.65400");
});

it("leaves a document in the other language alone, and keeps the view in the light page", () => {
  document.body.innerHTML = `<a hreflang="en" href="/api/v1/parcels/1/extract.pdf?on=2026-01-01">PDF</a><a id="light" href="?light=1">light</a>`;
  writeLink({ ...view, parcel: "3-2" });
  expect(document.querySelector("a")?.getAttribute("href")).toBe("/api/v1/parcels/1/extract.pdf?on=2026-01-01");
  expect(document.querySelector("#light")?.getAttribute("href")).toContain("parcel=3-2&light=1");
});

it("carries the instant of knowledge, also into forms, which leave out what is not chosen", () => {
  document.body.innerHTML = `<input type="hidden" data-view="known_at" disabled><input type="hidden" data-view="on" value="2020-01-01"><input name="q" value="x">`;
  writeLink({ ...view, known_at: "2025-01-01T00:00:00Z" });
  const [known, on, other] = document.querySelectorAll("input");
  expect([known?.value, known?.disabled]).toEqual(["2025-01-01T00:00:00Z", false]);
  expect([on?.value, on?.disabled]).toEqual(["", true]);
  expect(other?.value).toBe("x");
  expect(location.search).toContain("known_at=2025-01-01T00%3A00%3A00Z");
});
