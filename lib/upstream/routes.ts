import "server-only";
import { createHash } from "node:crypto";
import type { Provider, ProviderKey, Route } from "./lanes";

export type AiGatewayConfig = {
  /** `https://gateway.ai.cloudflare.com/v1/{account}/{gateway}`, one or several, without trailing slash. */
  gatewayUrls: string[];
  /** Sent as `cf-aig-authorization` when set. */
  gatewayToken: string | undefined;
  /** Used in turn. None: the gateway holds the key. */
  replicateTokens: string[];
  geminiKey: string | undefined;
  /** The providers' own addresses, for when no gateway answers. Undefined: calls then wait. */
  direct?: { replicateUrl: string; geminiUrl: string } | undefined;
};

/** The ways to the providers, the direct one last. */
export function listRoutes({ gatewayUrls, gatewayToken, direct }: AiGatewayConfig): Route[] {
  const gateways = gatewayUrls.map((url, index) => ({
    // Two accounts may each have a gateway of one name.
    id: `${index + 1}-${new URL(url).pathname.split("/").at(-1)}`,
    bases: { replicate: `${url}/replicate`, gemini: `${url}/google-ai-studio` },
    token: gatewayToken,
    isDirect: false,
  }));
  if (!direct) {
    return gateways;
  }
  const bases = { replicate: direct.replicateUrl, gemini: direct.geminiUrl };
  return [...gateways, { id: "direct", bases, token: undefined, isDirect: true }];
}

/** The accounts at each provider. */
export function listKeys({ replicateTokens, geminiKey }: AiGatewayConfig): Record<Provider, ProviderKey[]> {
  return {
    replicate: replicateTokens.length > 0 ? replicateTokens.map(toKey) : [toKey(undefined)],
    gemini: [toKey(geminiKey)],
  };
}

/** A key's name in logs and rows: a fingerprint, from which the key cannot be had. */
function toKey(value: string | undefined): ProviderKey {
  return {
    id: value === undefined ? "gateway-held" : createHash("sha256").update(value).digest("hex").slice(0, 8),
    value,
  };
}
