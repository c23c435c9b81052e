import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmulator as launchEmulator, variablesForEmulator } from "@/scripts/launch/emulator.mjs";
import { startProcess } from "@/scripts/launch/processes.mjs";

const CREDENTIALS = {
  gatewayToken: "test-gateway-token",
  replicateToken: "r8_test_token",
  geminiKey: "test-gemini-key",
  webhookSecret: `whsec_${randomBytes(32).toString("base64")}`,
};

export type TestEmulator = {
  /** `http://127.0.0.1:N`; the gateway's address is in `variables`. */
  url: string;
  credentials: typeof CREDENTIALS;
  /** What the app's environment needs in order to use it. */
  variables: Record<string, string>;
  /** Adds fault rules, answers with what is in force. */
  faults: (rules: unknown) => Promise<unknown>;
  /** Its own account of what was asked of it and what it did. */
  books: () => Promise<unknown>;
  /** Moves its clock. */
  clock: (change: unknown) => Promise<unknown>;
  settings: (changes: unknown) => Promise<unknown>;
  /** Forgets everything but its address. */
  reset: () => Promise<unknown>;
  stop: () => Promise<void>;
};

/** An emulator of the caller's own, on a free port. The caller stops it. */
export async function startEmulator(env: Record<string, string> = {}): Promise<TestEmulator> {
  const folder = mkdtempSync(path.join(tmpdir(), "sunprint-emulator-"));
  const { running, url } = await launchEmulator({
    start: startProcess,
    port: 0,
    folder,
    logFile: path.join(folder, "emulator.log"),
    credentials: CREDENTIALS,
    env,
  });

  return {
    url,
    credentials: CREDENTIALS,
    variables: variablesForEmulator({ url, credentials: CREDENTIALS }),
    faults: (rules) => control(url, "POST", "/_faults", rules),
    books: () => control(url, "GET", "/_books"),
    clock: (change) => control(url, "POST", "/_clock", change),
    settings: (changes) => control(url, "POST", "/_settings", changes),
    reset: () => control(url, "POST", "/_reset", {}),
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function control(url: string, method: "GET" | "POST", route: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${url}${route}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${route} of the emulator answered ${response.status}: ${text}`);
  }
  return text === "" ? undefined : JSON.parse(text);
}
