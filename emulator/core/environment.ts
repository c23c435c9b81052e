/** What the process is told when it starts; see the README for each variable. */
export interface EmulatorOptions {
  port: number;
  webhookSecrets: string[];
  dataDir: string | undefined;
  seed: string | undefined;
  speed: number;
  gatewayToken: string | undefined;
  replicateToken: string | undefined;
  geminiKey: string | undefined;
}

// A development secret of 24 bytes, so that the emulator also runs without any set-up.
const DEFAULT_WEBHOOK_SECRET = `whsec_${Buffer.from("sunprint-emulator-secret").toString("base64")}`;

function text(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === undefined || value === "" ? undefined : value;
}

function numberOf(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const value = text(environment, name);
  if (value === undefined) {
    return fallback;
  }
  const parsed = Number(value);
  if (!Number.isFinite(parsed) || parsed < 0) {
    throw new Error(`${name} must be a number of zero or more, not "${value}"`);
  }
  return parsed;
}

/** The options in the environment; throws a sentence that names the variable when one is malformed. */
export function readEnvironment(environment: NodeJS.ProcessEnv): EmulatorOptions {
  const port = numberOf(environment, "EMULATOR_PORT", 8787);
  if (!Number.isInteger(port) || port > 65535) {
    throw new Error("EMULATOR_PORT must be a port number, 0 to 65535");
  }
  const speed = numberOf(environment, "EMULATOR_SPEED", 1);
  if (speed === 0) {
    throw new Error("EMULATOR_SPEED must be more than zero");
  }
  const webhookSecrets = (text(environment, "EMULATOR_WEBHOOK_SECRET") ?? DEFAULT_WEBHOOK_SECRET)
    .split(",")
    .map((secret) => secret.trim())
    .filter((secret) => secret !== "");
  if (
    webhookSecrets.length === 0 ||
    webhookSecrets.some((secret) => !/^whsec_[A-Za-z0-9+/_-]+=*$/.test(secret))
  ) {
    throw new Error(
      "EMULATOR_WEBHOOK_SECRET must be whsec_ followed by base64; several are separated by commas",
    );
  }
  return {
    port,
    webhookSecrets,
    dataDir: text(environment, "EMULATOR_DATA_DIR"),
    seed: text(environment, "EMULATOR_SEED"),
    speed,
    gatewayToken: text(environment, "EMULATOR_GATEWAY_TOKEN"),
    replicateToken: text(environment, "EMULATOR_REPLICATE_TOKEN"),
    geminiKey: text(environment, "EMULATOR_GEMINI_KEY"),
  };
}
