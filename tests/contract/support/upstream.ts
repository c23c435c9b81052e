import { launchEmulator } from "./emulator.ts";

/** What the conformance cases talk to: the emulator, or the real services when the environment names them. */
export interface Upstream {
  isReal: boolean;
  /** `https://gateway…/v1/{account}/{gateway}` */
  gatewayUrl: string;
  gatewayHeaders: Record<string, string>;
  replicateToken: string;
  geminiKey: string;
  geminiModel: string;
  stop: () => Promise<void>;
}

/**
 * With CONTRACT_GATEWAY_URL, CONTRACT_REPLICATE_TOKEN and CONTRACT_GEMINI_KEY (and CONTRACT_GATEWAY_TOKEN for an
 * authenticated gateway) the same cases run against the real services, and cost a few cents.
 */
export async function openUpstream(): Promise<Upstream> {
  const { CONTRACT_GATEWAY_URL, CONTRACT_GATEWAY_TOKEN, CONTRACT_REPLICATE_TOKEN, CONTRACT_GEMINI_KEY } =
    process.env;
  const geminiModel = process.env.CONTRACT_GEMINI_MODEL ?? "gemini-3.5-flash-lite";
  if (CONTRACT_GATEWAY_URL !== undefined) {
    return {
      isReal: true,
      gatewayUrl: CONTRACT_GATEWAY_URL.replace(/\/$/, ""),
      gatewayHeaders:
        CONTRACT_GATEWAY_TOKEN === undefined
          ? {}
          : { "cf-aig-authorization": `Bearer ${CONTRACT_GATEWAY_TOKEN}` },
      replicateToken: CONTRACT_REPLICATE_TOKEN ?? "",
      geminiKey: CONTRACT_GEMINI_KEY ?? "",
      geminiModel,
      stop: () => Promise.resolve(),
    };
  }
  const emulator = await launchEmulator({
    EMULATOR_GATEWAY_TOKEN: "cf-token",
    EMULATOR_REPLICATE_TOKEN: "r8_token",
    EMULATOR_GEMINI_KEY: "gemini-key",
  });
  // Long enough for a cancel to meet a run of it under way: a minute of real time.
  const slow = { starting: 1000, processing: 3_000_000 };
  await emulator.control("POST", "/_settings", { latencies: { "black-forest-labs/flux-dev": slow } });
  return {
    isReal: false,
    gatewayUrl: emulator.gatewayUrl,
    gatewayHeaders: { "cf-aig-authorization": "Bearer cf-token" },
    replicateToken: "r8_token",
    geminiKey: "gemini-key",
    geminiModel,
    stop: async () => {
      await emulator.stop();
    },
  };
}
