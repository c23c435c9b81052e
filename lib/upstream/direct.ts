import "server-only";
import { EnvError } from "@/env.mjs";
import type { AiGatewayConfig } from "./routes";

/** The providers' own addresses (replicate.com/docs/reference/http, ai.google.dev/api). */
const PROVIDER_ADDRESSES = {
  replicateUrl: "https://api.replicate.com/v1",
  geminiUrl: "https://generativelanguage.googleapis.com",
} as const;

/** The way past Cloudflare, when an operator has broken the glass. Throws EnvError when it could lead nowhere. */
export function readDirect(
  values: {
    AI_GATEWAY_DIRECT: "off" | "on";
    REPLICATE_API_TOKEN: string[];
    GEMINI_API_KEY?: string | undefined;
  },
  { isUpstreamLocal }: { isUpstreamLocal: boolean },
): AiGatewayConfig["direct"] {
  if (values.AI_GATEWAY_DIRECT === "off") {
    return undefined;
  }
  if (isUpstreamLocal) {
    throw new EnvError(["AI_GATEWAY_DIRECT must be off with the emulator, which is no gateway to go past"]);
  }
  if (values.REPLICATE_API_TOKEN.length === 0 || !values.GEMINI_API_KEY) {
    throw new EnvError([
      "AI_GATEWAY_DIRECT needs REPLICATE_API_TOKEN and GEMINI_API_KEY: past the gateway nobody adds them",
    ]);
  }
  return PROVIDER_ADDRESSES;
}
