import "server-only";
import { EnvError, parseEnv } from "@/env.mjs";
import { listTextModelIds } from "@/lib/ai-gateway-utils";
import { readTextModels, type TextUpstreams } from "@/lib/models/text-models";
import { CheckError } from "./check-run";

type Variables = Record<string, string | undefined>;

/** What the way to the providers and back depends on; the rest of the environment is the app's start's to judge. */
const NAMES = [
  "CLOUDFLARE_AI_GATEWAY_URL",
  "CLOUDFLARE_AI_GATEWAY_TOKEN",
  "REPLICATE_API_TOKEN",
  "REPLICATE_WEBHOOK_SECRET",
  "REPLICATE_DELIVERY_HOSTS",
  "GEMINI_API_KEY",
  "GEMINI_MODEL",
  "GEMINI_UPSTREAM_MODELS",
  "NEXT_PUBLIC_SITE_URL",
  "PORT",
] as const;

/** Needed for the app, and for none of the checks. */
const STAND_INS = { DATABASE_URL: "postgres://unused", BETTER_AUTH_SECRET: "x".repeat(32) };

/** https://replicate.com/docs/topics/webhooks/verify-webhook */
export const ASK_FOR_SECRET =
  'curl -s -H "Authorization: Bearer $REPLICATE_API_TOKEN" https://api.replicate.com/v1/webhooks/default/secret';

export type GatewaySettings = {
  gatewayUrls: string[];
  gatewayToken: string | undefined;
  replicateTokens: string[];
  webhookSecrets: string[];
  deliveryHosts: string[];
  geminiKey: string | undefined;
  textUpstreams: TextUpstreams;
  siteUrl: string;
  /** How many of the variables are set. */
  setCount: number;
};

/** The variables of the gateway, parsed as the app parses them. Throws CheckError naming each bad one and its remedy. */
export function readGatewaySettings(variables: Variables): GatewaySettings {
  const named = Object.fromEntries(NAMES.map((name) => [name, variables[name]]));
  try {
    const values = parseEnv({ ...named, ...STAND_INS });
    const { textUpstreams } = readTextModels(values);
    return {
      gatewayUrls: values.CLOUDFLARE_AI_GATEWAY_URL,
      gatewayToken: values.CLOUDFLARE_AI_GATEWAY_TOKEN,
      replicateTokens: values.REPLICATE_API_TOKEN,
      webhookSecrets: values.REPLICATE_WEBHOOK_SECRET,
      deliveryHosts: values.REPLICATE_DELIVERY_HOSTS,
      geminiKey: values.GEMINI_API_KEY,
      textUpstreams,
      siteUrl: values.NEXT_PUBLIC_SITE_URL,
      setCount: NAMES.filter((name) => variables[name]).length,
    };
  } catch (error) {
    if (error instanceof EnvError) {
      const remedies = error.lines.map((line) => remedyFor(line.split(" ")[0] ?? "", variables));
      throw new CheckError(`${error.lines.join("; ")}.`, [...new Set(remedies)].join("\n"), error);
    }
    throw error;
  }
}

function remedyFor(name: string, variables: Variables): string {
  switch (name) {
    case "CLOUDFLARE_AI_GATEWAY_URL":
      return remedyForAddress(variables[name] ?? "");
    case "REPLICATE_WEBHOOK_SECRET":
      return `Set REPLICATE_WEBHOOK_SECRET to the key that Replicate tells, the whole of it with whsec_ in front:\n${ASK_FOR_SECRET}`;
    case "GEMINI_MODEL":
      return `Set GEMINI_MODEL to one of ${listTextModelIds().join(", ")}, or unset it.`;
    case "GEMINI_UPSTREAM_MODELS":
      return "Write GEMINI_UPSTREAM_MODELS as identifier=model, such as gemini-1.5-pro=gemini-3.8-flash, or unset it.";
    case "NEXT_PUBLIC_SITE_URL":
      return "Set NEXT_PUBLIC_SITE_URL to the address at which people reach the app, such as https://studio.example.com.";
    default:
      return `Correct ${name}; env.cloudflare.template shows its form.`;
  }
}

/** What is wrong with a gateway's address, told without repeating it. */
function remedyForAddress(text: string): string {
  const wanted = "https://gateway.ai.cloudflare.com/v1/{account id}/{gateway id}";
  const url = URL.parse(text.split(",")[0]?.trim() ?? "");
  if (url === null) {
    return `CLOUDFLARE_AI_GATEWAY_URL is no address: write ${wanted}.`;
  }
  if (/\/\//.test(url.pathname)) {
    return `CLOUDFLARE_AI_GATEWAY_URL has a doubled slash: write ${wanted}.`;
  }
  const parts = url.pathname.split("/").filter((part) => part !== "");
  if (parts[0] !== "v1") {
    return `CLOUDFLARE_AI_GATEWAY_URL lacks /v1 behind the host: write ${wanted}.`;
  }
  if (parts.length < 3) {
    return `CLOUDFLARE_AI_GATEWAY_URL lacks the ${parts.length < 2 ? "account id and the gateway id" : "gateway id"}: write ${wanted}.`;
  }
  if (parts.length === 3) {
    return "Write https:// at the beginning of CLOUDFLARE_AI_GATEWAY_URL: your keys travel with each call.";
  }
  return `CLOUDFLARE_AI_GATEWAY_URL goes on behind the gateway id (a provider, perhaps): end it there, as the app appends the provider itself.`;
}
