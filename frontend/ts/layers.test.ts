import { expect, it } from "vitest";
import { colorsOf, type Theme } from "./layers";

const theme: Theme = { code: "height_code", label: { fa: "", en: "" }, kind: "partition", legend: [{ code: "H4", label: { fa: "", en: "" }, color: "#1fa187" }], editions: [], pending: [] };

it("gives each code its colour and a default for codes without one", () => {
  expect(colorsOf({ ...theme, style: { default: "#bbbbbb" } })).toEqual({ "": "#bbbbbb", H4: "#1fa187" });
  expect(colorsOf(theme)[""]).toBe("#1fa187");
});
