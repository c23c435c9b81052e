import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { isJsonObject, type JsonObject, parseJson, stringField } from "@/emulator/core/json.ts";
import { call } from "./wire.ts";

/** An emulator in a process of its own, with the addresses under it. */
export interface Emulator {
  url: string;
  port: number;
  gatewayUrl: string;
  child: ChildProcess;
  /** Sends a control request and answers with its JSON; throws when it was refused. */
  control: (method: string, route: string, body?: unknown) => Promise<JsonObject>;
  books: () => Promise<JsonObject>;
  /** Ends it politely and resolves with the milliseconds that took. */
  stop: () => Promise<number>;
  /** Ends it with SIGKILL. */
  kill: () => Promise<void>;
}

export const SECRET = `whsec_${Buffer.from("an emulator's own secret").toString("base64")}`;
export const OLD_SECRET = `whsec_${Buffer.from("the secret before it....").toString("base64")}`;

/** Starts an emulator on a free port, fast unless told otherwise; the caller stops it. */
export async function launchEmulator(environment: Record<string, string> = {}): Promise<Emulator> {
  const program = path.resolve(import.meta.dirname, "../../../emulator/server.ts");
  const child = spawn(process.execPath, [program], {
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH ?? "",
      EMULATOR_PORT: "0",
      EMULATOR_SPEED: "50",
      EMULATOR_WEBHOOK_SECRET: `${SECRET},${OLD_SECRET}`,
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await firstLine(child);
  const url = stringField(line, "url") ?? "";
  const port = Number(line.port);
  const control = async (method: string, route: string, body?: unknown): Promise<JsonObject> => {
    const outcome = await call(`${url}${route}`, { method, ...(body === undefined ? {} : { json: body }) });
    if (outcome.status >= 300) {
      throw new Error(`${method} ${route} answered ${outcome.status}: ${outcome.text}`);
    }
    return outcome.json;
  };
  return {
    url,
    port,
    gatewayUrl: `${url}/v1/account/gateway`,
    child,
    control,
    books: () => control("GET", "/_books"),
    stop: async () => {
      const startedMs = performance.now();
      await ended(child, "SIGTERM");
      return performance.now() - startedMs;
    },
    kill: () => ended(child, "SIGKILL"),
  };
}

async function firstLine(child: ChildProcess): Promise<JsonObject> {
  const { promise, resolve, reject } = Promise.withResolvers<JsonObject>();
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
    const value = text.includes("\n") ? parseJson(text.slice(0, text.indexOf("\n"))) : undefined;
    if (isJsonObject(value)) {
      resolve(value);
    }
  });
  child.once("exit", (code) => reject(new Error(`the emulator ended with ${code} before it listened`)));
  return promise;
}

async function ended(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once("exit", () => resolve());
  child.kill(signal);
  await promise;
}

/** What a raw call left behind in the books: how many predictions there are. */
export async function predictionCount(emulator: Emulator): Promise<number> {
  const books = await emulator.books();
  return Array.isArray(books.predictions) ? books.predictions.length : 0;
}
