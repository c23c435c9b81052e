// Runs under whatever Node the machine has, before anything is installed: Node's own modules only.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { LaunchError } from "./launch-error.mjs";
import { inData, inProject, projectFolder } from "./paths.mjs";
import { say, sayWhile } from "./progress.mjs";
import { takeRunLock } from "./run-lock.mjs";

const STAMP = inProject("node_modules", ".install-stamp");
const OTHERS_PAUSE_MS = 500;

/** Installs the locked dependencies unless that has been done for this lock on this platform. */
export async function installIfNeeded() {
  if (isInstalled()) {
    return;
  }
  const release = await takeInstallLock();
  try {
    // Somebody else may have installed while we waited.
    if (!isInstalled()) {
      await sayWhile(
        "Installing the dependencies; the first time this takes a minute or two.",
        runNpmCi,
        howFar,
      );
      writeFileSync(STAMP, wantedStamp());
      say("The dependencies are installed.");
    }
  } finally {
    release();
  }
}

function isInstalled() {
  const wanted = wantedStamp();
  if (existsSync(STAMP)) {
    return readFileSync(STAMP, "utf8") === wanted;
  }
  const isSame = isInstalledByHand();
  if (isSame) {
    writeFileSync(STAMP, wanted);
  }
  return isSame;
}

function wantedStamp() {
  return createHash("sha256")
    .update(readFileSync(inProject("package-lock.json")))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
}

/**
 * npm leaves a list of what it has put into node_modules. When that is all of the lock (save what is for other platforms),
 * somebody has run npm themselves and nothing needs doing.
 */
function isInstalledByHand() {
  const list = inProject("node_modules", ".package-lock.json");
  if (!existsSync(list)) {
    return false;
  }
  const present = readPackages(list);
  const wanted = Object.entries(readPackages(inProject("package-lock.json")));
  return wanted.every(([folder, entry]) => {
    const found = present[folder];
    return folder === "" || (found ? found.version === entry.version : !isNeededHere(entry));
  });
}

/** Optional packages are left out where they do not fit, and with them what only they need. @param {LockedPackage} entry */
function isNeededHere({ optional, os, cpu, libc }) {
  const isForThisPlatform =
    os?.includes(process.platform) && cpu?.includes(process.arch) && libc === undefined;
  return !optional || isForThisPlatform === true;
}

/** @typedef {{ version?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage */

/** @param {string} file */
function readPackages(file) {
  return /** @type {{ packages: Record<string, LockedPackage> }} */ (JSON.parse(readFileSync(file, "utf8")))
    .packages;
}

async function takeInstallLock() {
  let hasSaidSo = false;
  for (;;) {
    const taken = takeRunLock(inData("install.json"), "install");
    if ("lock" in taken) {
      return taken.lock.release;
    }
    if (!hasSaidSo) {
      say(`Waiting for process ${taken.holder.pid}, which is installing the dependencies.`);
      hasSaidSo = true;
    }
    await sleep(OTHERS_PAUSE_MS);
  }
}

/** @returns {Promise<void>} */
function runNpmCi() {
  // What NODE_ENV=production or the user's npm settings leave out is needed here: for the build, and the pinned Node.
  const args = ["ci", "--include=dev", "--include=optional"];
  const npm = process.env.npm_execpath;
  const [command, words, needsShell] = npm?.endsWith("npm-cli.js")
    ? [process.execPath, [npm, ...args], false]
    : ["npm", args, process.platform === "win32"];
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, {
      cwd: projectFolder,
      stdio: ["ignore", "inherit", "inherit"],
      shell: needsShell,
    });
    const stop = () => child.kill("SIGTERM");
    process.once("SIGTERM", stop);
    child.once("error", (cause) => reject(new LaunchError("npm could not be started.", { cause })));
    child.once("exit", (code) => {
      process.off("SIGTERM", stop);
      if (code === 0) {
        resolve();
      } else {
        reject(new LaunchError("The dependencies could not be installed: npm ci failed."));
      }
    });
  });
}

function howFar() {
  const folder = inProject("node_modules");
  const packages = existsSync(folder) ? readdirSync(folder).length : 0;
  return `still installing, ${packages} folders so far`;
}
