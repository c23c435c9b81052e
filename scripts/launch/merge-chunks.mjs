import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Turbopack writes the chunk of modules that all routes share once for each route, alike but for the name of its source
 * map. A Worker is one file of limited size, so the copies become references to the first of them.
 * @param {string} chunkFolder
 * @returns how many bytes that spared
 */
export function mergeEqualChunks(chunkFolder) {
  /** @type {Map<string, string>} */
  const firsts = new Map();
  let sparedBytes = 0;
  const files = readdirSync(chunkFolder).filter(
    (file) => file.endsWith(".js") && !file.startsWith("[turbopack]"),
  );
  for (const file of files.sort()) {
    const text = readFileSync(path.join(chunkFolder, file), "utf8");
    const code = text.replace(/\n\/\/# sourceMappingURL=.*$/, "");
    const first = firsts.get(code);
    if (first === undefined) {
      firsts.set(code, file);
    } else {
      const reference = `module.exports=require("./${first}");`;
      writeFileSync(path.join(chunkFolder, file), reference);
      sparedBytes += code.length - reference.length;
    }
  }
  return sparedBytes;
}
