import "server-only";
import { timingSafeEqual } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AiGateway } from "@/lib/ai-gateway";
import type { CallRecord } from "@/lib/upstream/call-record";
import type { AiGatewayConfig } from "@/lib/upstream/routes";
import type { HttpTransport } from "@/lib/upstream/transport";
import { cheapestImageModel, makeTrialPicture } from "./check-picture";
import { CheckError, type CheckRow, CheckRun, type CheckSubject } from "./check-run";
import { probeWebhook } from "./check-webhook";
import type { DeliveryListener } from "./listen-for-delivery";
import { ASK_FOR_SECRET, type GatewaySettings, readGatewaySettings } from "./read-gateway-settings";

export type GatewayCheckOptions = {
  variables: Record<string, string | undefined>;
  /** Only what costs nothing. */
  isDryRun: boolean;
  /** Where the picture's webhook arrives, when the upstream is on this machine; null: at the app's own address. */
  listener: DeliveryListener | null;
  send: HttpTransport;
  onRow: (row: CheckRow) => void;
};

type Context = GatewayCheckOptions & { run: CheckRun; settings: GatewaySettings };

/** A well-formed id that no prediction has. */
const NOBODY = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
const TEXT_TOKENS_MAX = 256;
const GATEWAY_FIRST = "The gateway comes first.";

/**
 * Checks the way to both providers and back, step by step, through the same class the app uses. One row a step, in order;
 * what cannot be known after an earlier failure is skipped and says so. Never throws for an upstream's failure.
 */
export async function checkGateway(options: GatewayCheckOptions): Promise<CheckRow[]> {
  const run = new CheckRun({ onRow: options.onRow, nowMs: () => performance.now() });
  let settings: GatewaySettings | null = null;
  await run.check(
    {
      id: "settings",
      name: "Settings",
      subject: toReplicate({ replicateTokens: [], gatewayToken: undefined }),
    },
    async () => {
      settings = readGatewaySettings(options.variables);
      return describeSettings(settings);
    },
  );
  if (settings === null) {
    run.skip("gateway", "Gateway", "Every other check needs sound settings.");
    return run.rows;
  }
  const context: Context = { ...options, run, settings };
  const isOpen = await checkEachGateway(context);
  if (isOpen) {
    await checkAccounts(context);
    await checkTextModels(context);
  } else {
    run.skip("predictions", "Replicate account", GATEWAY_FIRST);
    run.skip("webhook_secret", "Webhook secret", GATEWAY_FIRST);
    run.skip("text", "Text models", GATEWAY_FIRST);
  }
  await checkWayBack(context, { isOpen });
  return run.rows;
}

function describeSettings({ setCount, replicateTokens, geminiKey }: GatewaySettings): string {
  const held = [replicateTokens.length === 0 && "Replicate's", geminiKey === undefined && "Google's"].filter(
    (name) => name !== false,
  );
  const keys = held.length === 0 ? "" : ` The gateway is to hold ${held.join(" and ")} key, as none is set.`;
  return `${setCount} variables are set, and all of them are sound.${keys}`;
}

/** Each gateway by itself; a failure of the provider behind it is a later row's. True when all are open. */
async function checkEachGateway({ run, settings, send }: Context): Promise<boolean> {
  let isOpen = true;
  for (const url of settings.gatewayUrls) {
    const name = `Gateway ${new URL(url).pathname.split("/").at(-1)}`;
    const subject = toReplicate(settings);
    const passed = await run.check({ id: "gateway", name, subject }, async ({ onCall }) => {
      let isAnsweredByProvider = false;
      const gateway = openGateway(
        settings,
        send,
        (record) => {
          onCall(record);
          isAnsweredByProvider = record.failure?.kind.startsWith("provider_") ?? false;
        },
        { gatewayUrls: [url] },
      );
      try {
        await gateway.getPrediction(NOBODY);
      } catch (error) {
        if (!isAnsweredByProvider) {
          throw error;
        }
        return "Reached, and it passes requests on; the provider's own answer is in the next rows.";
      }
      return settings.gatewayToken === undefined
        ? "Reached. No CLOUDFLARE_AI_GATEWAY_TOKEN is set, and it asks for none."
        : "Reached, and it lets CLOUDFLARE_AI_GATEWAY_TOKEN pass.";
    });
    isOpen &&= passed;
  }
  return isOpen;
}

/** Replicate's accounts, one a token: that the token is right, and that its webhooks are signed with a secret we have. */
async function checkAccounts({ run, settings, send }: Context): Promise<void> {
  const tokens = settings.replicateTokens.length > 0 ? settings.replicateTokens : [undefined];
  for (const [index, token] of tokens.entries()) {
    const account = tokens.length === 1 ? "" : ` ${index + 1} of ${tokens.length}`;
    const subject = toReplicate(settings);
    const open = (onCall: (record: CallRecord) => void) =>
      openGateway(settings, send, onCall, { replicateTokens: token === undefined ? [] : [token] });
    const isListed = await run.check(
      { id: "predictions", name: `Replicate account${account}`, subject },
      async ({ onCall }) => {
        const { predictions } = await open(onCall).listPredictions({ sinceMs: Number.POSITIVE_INFINITY });
        return `Replicate accepts the key; the account's latest predictions were listed (${predictions.length}).`;
      },
    );
    const name = `Webhook secret${account}`;
    if (!isListed) {
      run.skip("webhook_secret", name, "Replicate tells it to a valid key only.");
      continue;
    }
    await run.check({ id: "webhook_secret", name, subject }, async ({ onCall }) => {
      const secret = await open(onCall).getWebhookSecret();
      if (!settings.webhookSecrets.some((ours) => isSame(ours, secret))) {
        throw new CheckError(
          "REPLICATE_WEBHOOK_SECRET is not this account's: every webhook would be refused as forged.",
          `Set REPLICATE_WEBHOOK_SECRET to the key that Replicate tells; with several accounts, or during a rotation, to all of them, separated by commas:\n${ASK_FOR_SECRET}`,
        );
      }
      return "REPLICATE_WEBHOOK_SECRET is the one with which this account's webhooks are signed.";
    });
  }
}

async function checkTextModels({ run, settings, send, isDryRun }: Context): Promise<void> {
  for (const [id, upstreamModel] of Object.entries(settings.textUpstreams)) {
    const subject: CheckSubject = {
      ...toReplicate(settings),
      provider: "gemini",
      model: upstreamModel,
      hasKey: settings.geminiKey !== undefined,
    };
    await run.check({ id: "text", name: id, subject }, async ({ onCall }) => {
      const gateway = openGateway(settings, send, onCall);
      if (isDryRun) {
        await gateway.checkTextModel(upstreamModel);
        return `Google accepts the key and has ${upstreamModel}; no text was asked for (--dry-run).`;
      }
      const { text } = await gateway.generateText({
        upstreamModel,
        system: "Answer with one short sentence.",
        text: "Which colour has the sky at noon?",
        outputTokensMax: TEXT_TOKENS_MAX,
      });
      return `${upstreamModel} answers (${text.length} characters).`;
    });
  }
}

/** A picture from create to pixels, and its webhook: to the listener here, or to the app at its public address. */
async function checkWayBack(context: Context, { isOpen }: { isOpen: boolean }): Promise<void> {
  const { run, settings, send, listener, isDryRun } = context;
  const webhookUrl = listener?.url ?? `${settings.siteUrl}/api/webhooks/replicate`;
  let predictionId: string | null = null;
  if (!isOpen) {
    run.skip("picture", "Picture", GATEWAY_FIRST);
  } else if (isDryRun) {
    run.skip("picture", "Picture", "A picture costs money (--dry-run).");
  } else {
    const model = cheapestImageModel();
    const subject: CheckSubject = { ...toReplicate(settings), model };
    await run.check({ id: "picture", name: "Picture", subject }, async ({ onCall }) => {
      const gateway = openGateway(settings, send, onCall);
      const picture = await makeTrialPicture({
        gateway,
        send,
        deliveryHosts: settings.deliveryHosts,
        webhookUrl,
        nowMs: () => performance.now(),
        sleep,
      });
      predictionId = picture.predictionId;
      return picture.detail;
    });
  }
  const about = { id: "webhook", name: "Webhook", subject: toReplicate(settings) };
  const [secret = ""] = settings.webhookSecrets;
  if (listener === null && new URL(settings.siteUrl).protocol === "http:") {
    run.skip(
      about.id,
      about.name,
      isDryRun
        ? "A webhook comes with a picture (--dry-run)."
        : "NEXT_PUBLIC_SITE_URL is an address of this machine, where Replicate cannot deliver; the app finds its pictures by asking.",
    );
  } else if (listener === null) {
    await run.check(about, () => probeWebhook(send, { webhookUrl, secret }));
  } else if (predictionId === null) {
    run.skip(about.id, about.name, "There is no picture whose webhook could come back.");
  } else {
    const id: string = predictionId;
    await run.check(about, () => listener.waitFor(id, settings.webhookSecrets));
  }
}

/** Each check meets a gateway that knows of no earlier failure. */
function openGateway(
  settings: GatewaySettings,
  send: HttpTransport,
  onCall: (record: CallRecord) => void,
  narrowed: Partial<AiGatewayConfig> = {},
): AiGateway {
  const { gatewayUrls, gatewayToken, replicateTokens, geminiKey } = settings;
  return new AiGateway(
    { gatewayUrls, gatewayToken, replicateTokens, geminiKey, ...narrowed },
    {
      send,
      onCall,
      nowMs: () => performance.now(),
      random: Math.random,
      sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
    },
  );
}

/** Whose failure a Replicate row explains. */
function toReplicate({
  replicateTokens,
  gatewayToken,
}: Pick<GatewaySettings, "replicateTokens" | "gatewayToken">): CheckSubject {
  return {
    provider: "replicate",
    model: null,
    hasKey: replicateTokens.length > 0,
    hasGatewayToken: gatewayToken !== undefined,
  };
}

function isSame(ours: string, theirs: string): boolean {
  const [a, b] = [Buffer.from(ours), Buffer.from(theirs)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
