import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { plain } from "./wording";

test("markup that somebody wrote stays text", () => {
  const box = plain('<img src="x"> & more');
  expect(box.children).toHaveLength(0);
  expect(box.textContent).toBe('<img src="x"> & more');
});

test("no tooltip or popup takes a string", () => {
  const folder = join(process.cwd(), "frontend", "ts");
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const wrong = files.filter((name) =>
    /\.(bindTooltip|bindPopup)\((?!plain\()/.test(readFileSync(join(folder, name), "utf-8")),
  );
  expect(wrong).toEqual([]);
});
