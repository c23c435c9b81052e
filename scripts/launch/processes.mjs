import { spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { inProject, projectFolder } from "./paths.mjs";

const STOP_GRACE_MS = 1_500;
const PARENT_PIPE_DESCRIPTOR = 3;
const dieWithParent = pathToFileURL(inProject("scripts", "launch", "die-with-parent.mjs")).href;

/** @typedef {Record<string, string | undefined>} Environment */

/**
 * @typedef {object} ProcessOptions
 * @property {string} name what people call it: "The app", "PostgreSQL"
 * @property {string} command
 * @property {string[]} args
 * @property {Environment} [env]
 * @property {string} [cwd]
 * @property {number | undefined} [uid]
 * @property {number | undefined} [gid]
 * @property {"inherit" | "pipe" | number} [output] where stdout and stderr go; a number is an open file
 * @property {string | undefined} [logFile] shown when it ends unexpectedly
 * @property {NodeJS.Signals} [stopSignal]
 * @property {number} [stopGraceMs] how long it may take to leave before it is killed
 * @property {boolean} [tellsWhenParentIsGone] gives it a pipe at descriptor 3 that closes with the launcher
 */

/**
 * @typedef {object} RunningProcess
 * @property {string} name
 * @property {number} pid
 * @property {import("node:child_process").ChildProcess} child
 * @property {boolean} isServing set once it does its work: from then on, its end is an accident unless it was asked for
 * @property {Promise<Ending>} ended
 * @property {Promise<Ending>} closed the same, once its output has been read to the end
 * @property {() => Promise<void>} stop asks it to leave, then makes it; harmless when it is gone
 */

/** Starts a process that somebody keeps track of. @typedef {(options: ProcessOptions) => RunningProcess} StartProcess */

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null, error?: Error }} Ending */

/**
 * Starts a process in a group of its own, so that Ctrl-C at the terminal reaches the launcher alone and everything
 * ends in the right order.
 * @param {ProcessOptions} options
 * @returns {RunningProcess}
 */
export function startProcess(options) {
  const {
    name,
    command,
    args,
    output = "pipe",
    stopSignal = "SIGTERM",
    stopGraceMs = STOP_GRACE_MS,
  } = options;
  const child = spawn(command, args, {
    cwd: options.cwd ?? projectFolder,
    env: /** @type {NodeJS.ProcessEnv} */ (options.env ?? process.env),
    stdio: [
      "ignore",
      output,
      output,
      ...(options.tellsWhenParentIsGone ? [/** @type {const} */ ("pipe")] : []),
    ],
    detached: process.platform !== "win32",
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  const pid = child.pid ?? 0;
  /** @type {Promise<Ending>} */
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, error }));
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  /** @type {Promise<Ending>} */
  const closed = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, error }));
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  child.stdio[PARENT_PIPE_DESCRIPTOR]?.on("error", () => {});
  /** @type {RunningProcess} */
  const running = { name, pid, child, ended, closed, stop, isServing: false };

  async function stop() {
    running.isServing = false;
    if (hasEnded(running)) {
      return;
    }
    child.kill(stopSignal);
    const kill = setTimeout(() => killGroup(pid), stopGraceMs);
    await ended;
    clearTimeout(kill);
    // Its own children are in the same group; the group's number is not given away while one of them lives.
    killGroup(pid);
  }

  return running;
}

/**
 * The options of a Node program; it also leaves by itself when the launcher is killed outright.
 * @param {Omit<ProcessOptions, "command">} options args: flags of Node, the program and its arguments
 * @returns {ProcessOptions}
 */
export function nodeProgram(options) {
  return {
    ...options,
    command: process.execPath,
    args: ["--import", dieWithParent, ...options.args],
    tellsWhenParentIsGone: true,
    env: { ...(options.env ?? process.env), SUNPRINT_PARENT_PIPE: String(PARENT_PIPE_DESCRIPTOR) },
  };
}

/**
 * A process that is expected to end, with everything that it said.
 * @param {StartProcess} start
 * @param {ProcessOptions} options
 */
export async function runToEnd(start, options) {
  const running = start({ ...options, output: "pipe" });
  let output = "";
  for (const stream of [running.child.stdout, running.child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  const ending = await running.closed;
  return { ending, output };
}

/** @param {Ending} ending */
export function describeEnding({ code, signal, error }) {
  if (error) {
    return error.message;
  }
  return signal ? `signal ${signal}` : `exit code ${code}`;
}

/** @param {Pick<RunningProcess, "child">} running */
export function hasEnded({ child }) {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Kills a process that `startProcess` made, and whatever it started. @param {number} pid */
export function killGroup(pid) {
  // 0 stands for a process that could not be started; for the system it would stand for our own group.
  if (pid <= 0) {
    return;
  }
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // All of them have left.
  }
}
