import { randomBytes } from "node:crypto";
import path from "node:path";
import { z } from "zod";
import { startEmulator, variablesForEmulator } from "../launch/emulator.mjs";
import type { StartProcess } from "../launch/processes.mjs";
import { SPEED } from "./clock";

const Books = z.object({
  predictions: z.array(
    z.looseObject({ id: z.string(), status: z.string(), model: z.string(), webhook: z.string().nullable() }),
  ),
  webhooks: z.array(z.looseObject({ predictionId: z.string(), state: z.string() })),
  files: z.array(z.looseObject({ sha256: z.string(), isWhole: z.boolean() })),
});
export type Books = z.infer<typeof Books>;

/** The emulator of one lane, as fast as the lane's clock. */
export async function startFastEmulator(start: StartProcess, folder: string, seed: string) {
  const credentials = {
    gatewayToken: "chaos-gateway-token",
    replicateToken: "r8_chaos_token",
    geminiKey: "chaos-gemini-key",
    webhookSecret: `whsec_${randomBytes(32).toString("base64")}`,
  };
  const { url } = await startEmulator({
    start,
    port: 0,
    folder: path.join(folder, "emulator"),
    logFile: path.join(folder, "emulator.log"),
    credentials,
    env: { EMULATOR_SPEED: String(SPEED), EMULATOR_SEED: seed },
  });

  async function ask(method: string, route: string, body?: unknown): Promise<unknown> {
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
    return JSON.parse(text);
  }

  return {
    variables: variablesForEmulator({ url, credentials }),
    fault: (name: string, seed: number) => ask("POST", "/_faults", { name, seed }),
    calm: () => ask("DELETE", "/_faults"),
    reset: () => ask("POST", "/_reset", {}),
    books: async () => Books.parse(await ask("GET", "/_books")),
  };
}
