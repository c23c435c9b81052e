import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "@/scripts/launch/paths.mjs";
import { waitFor } from "./wait-for";

export type NpmRun = {
  child: ChildProcess;
  /** All that it has printed so far. */
  output: () => string;
  /** The exit code, once it has one. */
  ended: Promise<number | null>;
  /** Waits for a line and returns what the pattern captured. */
  line: (pattern: RegExp, timeoutMs: number) => Promise<RegExpExecArray>;
};

export type NpmOptions = {
  env?: Record<string, string>;
  user?: { uid: number; gid: number } | undefined;
};

/** Runs an npm script as a person would, with nothing in the environment but what a shell needs. */
export function runNpm(folder: string, args: string[], { env = {}, user }: NpmOptions = {}): NpmRun {
  let output = "";
  const home = user ? folder : process.env.HOME;
  const child = spawn("npm", args, {
    cwd: folder,
    // Many servers set NODE_ENV for everybody; it must not keep anything from being installed, built or developed.
    env: { PATH: pathWithoutProject(), HOME: home, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own is what a terminal gives to a command.
    detached: true,
    ...user,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => resolve(code));
  });

  async function line(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    return waitFor(
      () => {
        const match = pattern.exec(output);
        if (!match && child.exitCode !== null) {
          throw new Error(`npm ended first, having said:\n${output}`);
        }
        return match;
      },
      { what: `${pattern} in the output`, timeoutMs },
    );
  }

  return { child, output: () => output, ended, line };
}

/** What runs out of a folder: by its working directory or its command line. Linux only, as the launcher tests are. */
export function processesUnder(folder: string): { pid: number; command: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), command: readProcess(name), cwd: readCwd(name) }))
    .filter(({ command, cwd }) => command.includes(folder) || cwd.startsWith(folder))
    .map(({ pid, command }) => ({ pid, command }));
}

/** The command line; empty for a process that has ended in the meantime, or is a zombie. */
function readProcess(name: string): string {
  try {
    return readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

function readCwd(name: string): string {
  try {
    return readlinkSync(`/proc/${name}/cwd`);
  } catch {
    return "";
  }
}

function pathWithoutProject(): string {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.filter((folder) => !folder.startsWith(projectFolder)).join(path.delimiter);
}
