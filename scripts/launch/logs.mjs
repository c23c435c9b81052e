import { existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import path from "node:path";

const LOG_BYTES_MAX = 10_000_000;
const TAIL_LINES = 15;

/** Opens a log for appending; one that has grown large is set aside first. @param {string} file */
export function openLog(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > LOG_BYTES_MAX) {
    renameSync(file, `${file}.1`);
  }
  return openSync(file, "a", 0o600);
}

/** The last lines, to show what went wrong. @param {string} file */
export function tailOf(file) {
  return existsSync(file) ? lastLines(readFileSync(file, "utf8")) : "";
}

/** @param {string} text */
export function lastLines(text) {
  return text.trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
}
