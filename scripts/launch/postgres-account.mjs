import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { userInfo } from "node:os";
import path from "node:path";
import { LaunchError } from "./launch-error.mjs";

const NOBODY = 65_534;
const USER_NAMESPACE = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, "--"];
/** Where an unprivileged account may read, and nothing is cleaned away; a project is often under a closed /root. */
const OUTSIDE_FOLDER = "/var/lib/sunprint";

/**
 * How PostgreSQL, which refuses to run as root or as a number without a name, is run by whoever we are.
 * @typedef {object} PostgresAccount
 * @property {"own" | "user-namespace" | "nobody"} kind
 * @property {string[]} prefix words in front of each command
 * @property {number} [uid]
 * @property {number} [gid]
 * @property {string} cwd a folder the account may enter
 * @property {string} binaries
 * @property {string} clusterFolder
 */

/**
 * @param {object} options
 * @param {string} options.clusterFolder where the database should live
 * @param {{ folder: string, version: string }} options.binaries
 * @param {"user-namespace" | "nobody"} [options.rootWay] forces one of the two ways of root, for the tests
 * @returns {PostgresAccount}
 */
export function choosePostgresAccount({ clusterFolder, binaries, rootWay }) {
  const inPlace = { binaries: binaries.folder, clusterFolder, cwd: path.dirname(clusterFolder) };
  if (process.getuid?.() !== 0 && hasName()) {
    return { kind: "own", prefix: [], ...inPlace };
  }
  const isOutside = existsSync(noteOf(clusterFolder));
  const isInside = existsSync(path.join(clusterFolder, "PG_VERSION"));
  if (rootWay !== "nobody" && !isOutside && canEnterUserNamespace()) {
    return { kind: "user-namespace", prefix: USER_NAMESPACE, ...inPlace };
  }
  if (process.getuid?.() !== 0) {
    throw new LaunchError(
      "PostgreSQL needs a user with a name (an entry in /etc/passwd). Set DATABASE_URL instead.",
    );
  }
  if (isInside) {
    throw new LaunchError(
      `The database in ${clusterFolder} was made where root could use user namespaces, which this system refuses. ` +
        "Start as an ordinary user who owns the folder, or set DATABASE_URL.",
    );
  }
  return {
    kind: "nobody",
    prefix: [],
    uid: NOBODY,
    gid: NOBODY,
    cwd: "/",
    binaries: copyBinaries(binaries),
    clusterFolder: outsideClusterFolder(clusterFolder),
  };
}

/** Lets the account, and nobody else, read a file that root has written. @param {PostgresAccount} account @param {string} file */
export function giveTo(account, file) {
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(file, account.uid, account.gid);
  }
}

/** Containers are often run under a bare number. */
function hasName() {
  try {
    return userInfo().username !== "";
  } catch {
    return false;
  }
}

export function canEnterUserNamespace() {
  const [command = "", ...args] = USER_NAMESPACE;
  return spawnSync(command, [...args, "true"], { stdio: "ignore" }).status === 0;
}

/** @param {{ folder: string, version: string }} binaries */
function copyBinaries({ folder, version }) {
  const target = path.join(OUTSIDE_FOLDER, `postgres-${version}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`;
    mkdirSync(OUTSIDE_FOLDER, { recursive: true });
    chmodSync(OUTSIDE_FOLDER, 0o755);
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(unfinished, target);
    } catch {
      // Another start was quicker; its copy is the same.
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return target;
}

/** A note beside the cluster folder says where outside the project it lives. @param {string} clusterFolder */
function noteOf(clusterFolder) {
  return `${clusterFolder}.location`;
}

/** Where a cluster that should live here really does. @param {string} clusterFolder */
export function realClusterFolder(clusterFolder) {
  const note = noteOf(clusterFolder);
  return existsSync(note) ? readFileSync(note, "utf8").trim() : clusterFolder;
}

/**
 * The outside folder has a random name, not one made from the project's path: a clone that is deleted and made again at
 * the same place must not find a database whose passwords went with the first.
 * @param {string} clusterFolder
 */
function outsideClusterFolder(clusterFolder) {
  const note = noteOf(clusterFolder);
  if (!existsSync(note)) {
    mkdirSync(path.dirname(note), { recursive: true });
    writeFileSync(note, path.join(OUTSIDE_FOLDER, `data-${randomBytes(6).toString("hex")}`));
  }
  return realClusterFolder(clusterFolder);
}
