// Cuts Vazirmatn (OFL) down to the letters the pages use: a Persian and a Latin variable file, weights 400–700, so that
// a Persian page does not pay for Latin letters.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const root = new URL("../../", import.meta.url);
const source = new URL("node_modules/vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2", root);
const folder = new URL("node_modules/.cache/parvaneh/", root);

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");
const latin = range(0x20, 0x7e) + "\u00a0©«»·×²³°±–—‘’“”…→←↑↓≤≥−•";
const persian =
  "،؛؟ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژکگیۀ" + "\u064b\u064e\u064f\u0650\u0651ٔٓ" + range(0x6f0, 0x6f9) + "٪٫٬ـ\u200c\u200d\u200e\u200f";

const common = " !()-./:\u00a0«»·–—…"; // no Latin digits: they alone would cost 5 kB

await mkdir(folder, { recursive: true });
for (const [name, letters] of [["persian", persian + common], ["latin", latin]]) {
  const cut = await subsetFont(await readFile(source), letters, {
    targetFormat: "woff2",
    variationAxes: { wght: { min: 400, max: 700 } },
  });
  const target = new URL(`vazirmatn-${name}.woff2`, folder);
  await writeFile(target, cut);
  console.log(`${fileURLToPath(target)} ${cut.length} bytes`);
}
