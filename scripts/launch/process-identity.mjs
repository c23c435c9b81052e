import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * What tells a living process from a later one that was given the same pid: the moment it started. Undefined when no
 * such process lives (a zombie does not), or when the system cannot say.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function processIdentity(pid) {
  if (process.platform === "linux") {
    return linuxIdentity(pid);
  }
  if (process.platform === "win32") {
    return (
      ask("powershell", ["-NoProfile", "-Command", `(Get-Process -Id ${pid}).StartTime.Ticks`]) || undefined
    );
  }
  const line = ask("ps", ["-o", "state=,lstart=", "-p", String(pid)]);
  return line === "" || line.startsWith("Z") ? undefined : line.replace(/^\S+\s+/, "");
}

/** @param {{ pid: number, identity?: string | undefined }} recorded */
export function isStillRunning({ pid, identity }) {
  return identity !== undefined && processIdentity(pid) === identity;
}

/** The command line of a process, words separated by spaces; empty when unknown. @param {number} pid */
export function processCommand(pid) {
  if (process.platform === "linux") {
    return readProc(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ").trim() ?? "";
  }
  if (process.platform === "win32") {
    return "";
  }
  return ask("ps", ["-o", "command=", "-p", String(pid)]);
}

/** Who a process belongs to now; undefined when it has ended, or when the system cannot say at once: all but Linux. @param {number} pid */
export function processParent(pid) {
  const [, parent] = process.platform === "linux" ? linuxStatus(pid) : [];
  return parent === undefined ? undefined : Number(parent);
}

/** Whether any process works in this folder; only Linux can tell. @param {string} folder */
export function isInUse(folder) {
  return process.platform === "linux" && readdirSync("/proc").some((name) => currentFolder(name) === folder);
}

/** @param {string} name of a folder of /proc */
function currentFolder(name) {
  try {
    return readlinkSync(`/proc/${name}/cwd`);
  } catch {
    return undefined;
  }
}

/** @param {string} command @param {string[]} args */
function ask(command, args) {
  return (spawnSync(command, args, { encoding: "utf8" }).stdout ?? "").trim();
}

/** @param {number} pid */
function linuxIdentity(pid) {
  const [state, ...fields] = linuxStatus(pid);
  if (state === undefined || state === "Z" || state === "X") {
    return undefined;
  }
  const startTicks = fields[18];
  const boot = readProc("/proc/sys/kernel/random/boot_id")?.trim();
  return `${boot}:${startTicks}`;
}

/** Its state, its parent, and what follows in /proc/<pid>/stat; nothing when there is none. @param {number} pid @returns {string[]} */
function linuxStatus(pid) {
  const stat = readProc(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets, which may itself hold spaces and brackets.
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
}

/** @param {string} file */
function readProc(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
