// Copies the QR decoder out of node_modules into static/vendor/, as one ES module and its WebAssembly.
// The app works without it: browsers with BarcodeDetector use their own, and a code can always be typed.
import { createRequire } from "node:module";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const out = join(dirname(fileURLToPath(import.meta.url)), "static", "vendor");
const here = createRequire(import.meta.url);
const ponyfill = here.resolve("barcode-detector/ponyfill"); // …/barcode-detector/dist/cjs/ponyfill.js
const library = join(dirname(ponyfill), "..", "..");
// the WebAssembly must be of the version that barcode-detector pins, not a newer one beside it
const wasm = createRequire(ponyfill).resolve("zxing-wasm/reader/zxing_reader.wasm");

const whole = await readFile(join(library, "dist", "iife", "ponyfill.js"), "utf8");
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await writeFile(
  join(out, "barcode-detector.js"),
  `${whole}\nexport const { BarcodeDetector, prepareZXingModule } = BarcodeDetectionAPI;\n`,
);
await copyFile(wasm, join(out, "zxing_reader.wasm"));
await copyFile(join(library, "LICENSE"), join(out, "LICENSE.txt"));
