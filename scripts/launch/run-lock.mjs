import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isStillRunning, processIdentity } from "./process-identity.mjs";

/** @typedef {{ pid: number, identity?: string | undefined }} ProcessRecord */

/**
 * What a lock file tells about its holder.
 * @typedef {ProcessRecord & {
 *   command: string,
 *   isStopping?: boolean,
 *   address?: string | undefined,
 *   databasePort?: number | undefined,
 *   children: (ProcessRecord & { name: string })[],
 * }} RunRecord
 */

/**
 * @typedef {object} RunLock
 * @property {RunRecord} record
 * @property {(changes: Partial<RunRecord>) => void} update
 * @property {() => void} release
 */

/**
 * Takes the lock, or tells who has it. A holder that no longer lives has none: what it left is returned as `leftover`.
 * @param {string} file
 * @param {string} command
 * @returns {{ lock: RunLock, leftover: RunRecord | undefined } | { holder: RunRecord }}
 */
export function takeRunLock(file, command) {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  /** @type {RunRecord} */
  const record = { pid: process.pid, identity: processIdentity(process.pid), command, children: [] };
  /** @type {RunRecord | undefined} */
  let leftover;
  while (!writeIfAbsent(file, record)) {
    const found = readRunRecord(file);
    if (found && isStillRunning(found)) {
      return { holder: found };
    }
    // Renamed first, so that of two starters that see the same dead holder only one takes its place; and looked at again,
    // because the quicker of them may have taken it already.
    const aside = `${file}.${process.pid}.old`;
    if (moveAway(file, aside)) {
      const moved = readRunRecord(aside);
      if (moved && isStillRunning(moved)) {
        renameSync(aside, file);
        return { holder: moved };
      }
      leftover = moved;
      rmSync(aside, { force: true });
    }
  }
  return { lock: lockOn(file, record), leftover };
}

/** @param {string} file @returns {RunRecord | undefined} */
export function readRunRecord(file) {
  try {
    return /** @type {RunRecord} */ (JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/** @param {string} file @param {RunRecord} record @returns {RunLock} */
function lockOn(file, record) {
  return {
    record,
    update(changes) {
      Object.assign(record, changes);
      const unfinished = `${file}.${process.pid}.new`;
      writeFileSync(unfinished, JSON.stringify(record, null, 2), { mode: 0o600 });
      renameSync(unfinished, file);
    },
    release() {
      rmSync(file, { force: true });
    },
  };
}

/** A link appears whole or not at all, so nobody can read half a record. @param {string} file @param {RunRecord} record */
function writeIfAbsent(file, record) {
  const unfinished = `${file}.${process.pid}.new`;
  writeFileSync(unfinished, JSON.stringify(record, null, 2), { mode: 0o600 });
  try {
    linkSync(unfinished, file);
    return true;
  } catch (error) {
    if (existsSync(file)) {
      return false;
    }
    throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** @param {string} from @param {string} to */
function moveAway(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}
