import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LaunchError } from "./launch-error.mjs";
import { inProject } from "./paths.mjs";

/**
 * A Chromium to drive, and what it needs to run well here.
 * @typedef {object} Browser
 * @property {string} file
 * @property {string} source where it comes from, for people
 * @property {Record<string, string>} env to be added to its environment
 */

/** For a browser that only meets our own pages: no sandbox as root, and nothing that calls home. */
export const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const SYSTEM_BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

const CHROMIUM_PACKAGE = inProject("node_modules", "@sparticuz", "chromium");
const FONT_PACKAGE = inProject("node_modules", "@embedpdf", "fonts-sc", "fonts");

/** The first that is there: the one of BROWSER_PATH, Playwright's own, the one of the dependencies, the system's. @returns {Promise<Browser>} */
export async function findBrowser() {
  const fromEnvironment = process.env.BROWSER_PATH;
  if (fromEnvironment) {
    if (!existsSync(fromEnvironment)) {
      throw new LaunchError(`BROWSER_PATH is ${fromEnvironment}, and there is no such file.`);
    }
    return { file: fromEnvironment, source: "BROWSER_PATH", env: {} };
  }
  const { chromium } = await import("@playwright/test");
  const file = chromium.executablePath();
  if (existsSync(file)) {
    return { file, source: "Playwright", env: {} };
  }
  const packaged = unpackChromium();
  if (packaged) {
    return packaged;
  }
  const system = SYSTEM_BROWSERS.find((candidate) => existsSync(candidate));
  if (system) {
    return { file: system, source: "the system", env: {} };
  }
  throw new LaunchError(
    "No browser was found. Install Chromium or Chrome, or name one with BROWSER_PATH, or run: npx playwright install chromium",
  );
}

/**
 * The Chromium of the dependencies, which is packed for Linux on x64 and brings the libraries that small systems lack.
 * @returns {Browser | undefined}
 */
function unpackChromium() {
  if (process.platform !== "linux" || process.arch !== "x64" || !existsSync(CHROMIUM_PACKAGE)) {
    return undefined;
  }
  const manifest = readFileSync(path.join(CHROMIUM_PACKAGE, "package.json"), "utf8");
  const { version } = /** @type {{ version: string }} */ (JSON.parse(manifest));
  // The package takes whatever it finds unpacked, of any version, so each version has a folder of its own.
  const folder = inProject("node_modules", ".cache", `chromium-${version}`);
  if (!existsSync(folder)) {
    unpackInto(folder);
  }
  const file = path.join(folder, "chromium");
  const env = { ...librariesFor(file, folder), ...fontsIn(folder) };
  const answer = spawnSync(file, ["--version"], { env: { ...process.env, ...env }, encoding: "utf8" });
  return answer.status === 0 ? { file, source: `npm, ${answer.stdout.trim()}`, env } : undefined;
}

/** @param {string} folder */
function unpackInto(folder) {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const { status, stderr } = spawnSync(
    process.execPath,
    [inProject("scripts", "launch", "unpack-chromium.mjs")],
    {
      // Where the package unpacks to.
      env: { ...process.env, TMPDIR: unfinished },
      encoding: "utf8",
    },
  );
  if (status !== 0) {
    throw new LaunchError("The browser of the dependencies could not be unpacked.", { details: stderr });
  }
  if (existsSync(folder)) {
    rmSync(unfinished, { recursive: true, force: true });
  } else {
    renameSync(unfinished, folder);
  }
}

/** Its libraries only where the system lacks some: they are older than most systems' own. @param {string} file @param {string} folder */
function librariesFor(file, folder) {
  const { stdout } = spawnSync("ldd", [file], { encoding: "utf8" });
  const libraries = [path.join(folder, "al2023", "lib"), process.env.LD_LIBRARY_PATH]
    .filter(Boolean)
    .join(":");
  return /not found/.test(stdout ?? "") ? { LD_LIBRARY_PATH: libraries } : {};
}

/**
 * Its own list of font folders names one that is not there, and then text has no width at all; and most servers have no
 * Chinese font. Both come from the dependencies, after the system's own fonts.
 * @param {string} folder
 */
function fontsIn(folder) {
  const file = path.join(folder, "fonts.conf");
  const folders = ["/usr/share/fonts", "/usr/local/share/fonts", path.join(folder, "fonts"), FONT_PACKAGE];
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    "<fontconfig>",
    ...folders.map((one) => `  <dir>${one}</dir>`),
    `  <cachedir>${path.join(folder, "font-cache")}</cachedir>`,
    ...["sans-serif", "serif", "monospace"].map(fontPreference),
    "</fontconfig>",
    "",
  ];
  writeFileSync(file, lines.join("\n"));
  return { FONTCONFIG_FILE: file };
}

/** @param {string} family */
function fontPreference(family) {
  return `  <alias><family>${family}</family><prefer><family>Open Sans</family><family>Noto Sans Hans</family></prefer></alias>`;
}
