// Cuts Vazirmatn (OFL) down to the Persian and Latin letters the pages use: one variable file, weights 400–700.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const root = new URL("../../", import.meta.url);
const source = new URL("node_modules/vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2", root);
const folder = new URL("node_modules/.cache/parvaneh/", root);

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");
const latin = range(0x20, 0x7e) + "\u00a0©«»·×²³°±–—‘’“”…→←↑↓≤≥−•";
const persian =
  "،؛؟ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژکگیۀ" + range(0x64b, 0x652) + "ٔٓ" + range(0x6f0, 0x6f9) + range(0x660, 0x669) + "٪٫٬ـ\u200c\u200d\u200e\u200f";

await mkdir(folder, { recursive: true });
const cut = await subsetFont(await readFile(source), latin + persian, {
  targetFormat: "woff2",
  variationAxes: { wght: { min: 400, max: 700 } },
});
const target = new URL("vazirmatn.woff2", folder);
await writeFile(target, cut);
console.log(`${fileURLToPath(target)} ${cut.length} bytes`);
