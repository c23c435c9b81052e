// Runs under whatever Node the machine has: Node's own modules only.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { LaunchError } from "./launch-error.mjs";
import { inProject } from "./paths.mjs";
import { processCommand, processParent } from "./process-identity.mjs";

const MAJOR_MIN = 24;
const PARENT_PIPE_DESCRIPTOR = 3;
const PARENT_CHECK_MS = 250;
const PACKAGE_MANAGER = /npm|yarn|\bbunx?\b/;
const SHELL_OF_A_SCRIPT = /^\S*sh -c /;
const ADOPTERS = /^(\S*\/)?(systemd|init|tini|dumb-init|docker-init)\b/;

/** Puts the pinned Node first, for every program started from here: `node`, and the tools of node_modules. */
export function preferPinnedTools() {
  const folders = [path.dirname(process.execPath), inProject("node_modules", ".bin"), process.env.PATH ?? ""];
  process.env.PATH = folders.join(path.delimiter);
}

/**
 * Re-runs this program on the Node that the dependencies brought, and ends with its exit code.
 * @returns {boolean} false when this already is that Node, or is new enough where none was brought
 */
export function reRunOnPinnedNode() {
  const pinned = findPinnedNode();
  if (pinned === undefined) {
    if (Number.parseInt(process.versions.node, 10) >= MAJOR_MIN) {
      return false;
    }
    throw new LaunchError(
      `No Node was installed for ${process.platform}-${process.arch}. Run this with Node ${MAJOR_MIN} or newer.`,
    );
  }
  if (process.versions.node === pinned.version) {
    return false;
  }
  const dieWithParent = pathToFileURL(inProject("scripts", "launch", "die-with-parent.mjs")).href;
  const child = spawn(pinned.file, ["--import", dieWithParent, ...process.argv.slice(1)], {
    // The pipe tells the child when this process is killed outright.
    stdio: ["inherit", "inherit", "inherit", "pipe"],
    env: { ...process.env, SUNPRINT_PARENT_PIPE: String(PARENT_PIPE_DESCRIPTOR) },
  });
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(name, () => child.kill(name));
  }
  child.once("error", (error) => {
    process.stderr.write(`${pinned.file} does not run: ${error.message}\n`);
    process.exit(1);
  });
  child.once("exit", (code) => process.exit(code ?? 1));
  return true;
}

/**
 * npm passes a signal on to the shell between us, which dies of it without a word: this process finds itself with another
 * parent then. Of an npm that was killed outright, or that ended between starting the shell and listening for signals, the shell
 * knows nothing, and lives on: there it is the shell that has another parent. Either may be so before this process has come this far.
 */
export function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) {
    return;
  }
  const parent = process.ppid;
  const command = processCommand(parent);
  const grandparent = SHELL_OF_A_SCRIPT.test(command) ? processParent(parent) : undefined;
  // The package manager itself, or the shell that it has told to run this program.
  const isAlone = command !== "" && !PACKAGE_MANAGER.test(command) && !command.includes("run.mjs");
  if (isAlone || (grandparent !== undefined && isAdoptive(grandparent))) {
    throw new LaunchError("npm was ended.");
  }
  setInterval(() => {
    const isLeft = grandparent !== undefined && processParent(parent) !== grandparent;
    if (process.ppid !== parent || isLeft) {
      process.kill(process.pid, "SIGTERM");
    }
  }, PARENT_CHECK_MS).unref();
}

/** Whether a process is what takes in those whose own parent has ended. @param {number} pid */
function isAdoptive(pid) {
  const command = processCommand(pid);
  return !PACKAGE_MANAGER.test(command) && (pid === 1 || ADOPTERS.test(command));
}

/** @returns {{ file: string, version: string } | undefined} */
function findPinnedNode() {
  const names = readdirSync(inProject("node_modules")).filter((name) =>
    /^node-(bin-)?(linux|darwin|win)-/.test(name),
  );
  for (const name of names) {
    const folder = inProject("node_modules", name);
    const file = path.join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
    if (existsSync(file)) {
      const manifest = readFileSync(path.join(folder, "package.json"), "utf8");
      return { file, version: /** @type {{ version: string }} */ (JSON.parse(manifest)).version };
    }
  }
  return undefined;
}
