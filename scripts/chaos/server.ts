import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { productionApp } from "../launch/app.mjs";
import { CHAOS } from "../launch/build.mjs";
import { waitUntilHealthy } from "../launch/health.mjs";
import { openLog } from "../launch/logs.mjs";
import { inProject } from "../launch/paths.mjs";
import type { RunningProcess, StartProcess } from "../launch/processes.mjs";

const HEALTHY_TIMEOUT_MS = 120_000;
const hook = pathToFileURL(inProject("scripts", "chaos", "in-server.mjs")).href;

export type ServerOptions = {
  start: StartProcess;
  port: number;
  logFile: string;
  env: Record<string, string>;
};

/** The production server of the chaos build, at one address, which is started again whenever it dies. */
export class ChaosServer {
  readonly #options: ServerOptions;
  #running: RunningProcess | undefined;
  #isStopping = false;
  #isDeathAwaited = false;
  #healthy: Promise<void> = Promise.resolve();
  /** Ends that nobody brought about. */
  readonly accidents: string[] = [];
  kills = 0;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  /** Resolves once it answers; also after each death. */
  async healthy(): Promise<void> {
    let seen: Promise<void> | undefined;
    while (seen !== this.#healthy) {
      seen = this.#healthy;
      await seen;
    }
  }

  start(): void {
    const { start, port, logFile, env } = this.#options;
    const running = start(
      productionApp({
        build: CHAOS,
        nodeFlags: ["--import", hook],
        port,
        address: "127.0.0.1",
        output: openLog(logFile),
        env,
      }),
    );
    this.#running = running;
    void running.ended.then((ending) => {
      if (this.#isStopping) {
        return;
      }
      if (!this.#isDeathAwaited || ending.signal !== "SIGKILL") {
        this.accidents.push(`the server ended by itself: ${JSON.stringify(ending)}`);
      }
      this.#isDeathAwaited = false;
      try {
        this.start();
      } catch (error) {
        // Everything is being stopped, and whoever does that says why.
        this.accidents.push(String(error));
      }
    });
    this.#healthy = waitUntilHealthy({ port, running, timeoutMs: HEALTHY_TIMEOUT_MS }).then(
      ({ isHealthy, lastAnswer }) => {
        // One that died on the way has a follower by now, and that one's health counts.
        if (!isHealthy && running === this.#running && !this.#isStopping) {
          this.accidents.push(`the server did not become healthy: ${lastAnswer}`);
        }
      },
    );
  }

  /** It is about to kill itself. */
  expectDeath(): void {
    this.#isDeathAwaited = true;
    this.kills += 1;
  }

  /** A clean sheet: circuits, budgets and connections that know of nothing. Not counted as a kill. */
  async restart(): Promise<void> {
    this.#isDeathAwaited = true;
    this.#running?.child.kill("SIGKILL");
    await this.#running?.ended;
    await this.healthy();
  }

  signal(name: "SIGSTOP" | "SIGCONT"): void {
    this.#running?.child.kill(name);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#running?.stop();
  }

  logs(): string {
    return readFileSync(this.#options.logFile, "utf8");
  }
}
