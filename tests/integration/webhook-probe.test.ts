import { expect, it } from "vitest";
import { probeWebhook } from "@/lib/monitoring/check-webhook";
import type { HttpTransport } from "@/lib/upstream/transport";
import { receiveReplicateWebhook } from "@/lib/webhooks/receive-replicate";
import { setTestEnvironment } from "@/tests/support/environment";
import { openTestLedger } from "@/tests/support/ledger";
import { createTestServices } from "@/tests/support/services";
import { WEBHOOK_SECRET } from "@/tests/support/sign-webhook";
import { createStubGateway } from "@/tests/support/stub-gateway";

setTestEnvironment();
const { db, owner } = await openTestLedger();
const { gateway, requests } = createStubGateway([{ body: {} }]);
const services = createTestServices(db, { gateway });

/** The app's own receiving, without the network between. */
const toApp: HttpTransport = async ({ headers, body = "" }) => {
  const delivery = { headers: new Headers(headers), body, tokenHash: null };
  const result = await receiveReplicateWebhook(services, [WEBHOOK_SECRET], delivery);
  if (result.kind === "recorded") {
    await result.finish(services);
  }
  const status = { recorded: 200, duplicate: 200, invalid: 401, stale: 400, malformed: 400 }[result.kind];
  return { status, header: () => undefined, body: (async function* () {})() };
};

it("what test:ai-gateway sends the app is taken, and moves nothing: no generation, no effect, no call upstream", async () => {
  const webhookUrl = "https://studio.test/api/webhooks/replicate";
  await expect(probeWebhook(toApp, { webhookUrl, secret: WEBHOOK_SECRET })).resolves.toContain(
    "takes a signed delivery",
  );
  const [deliveries] = await owner<{ count: string; processed: boolean }[]>`
    select count(*), bool_and(processed_at is not null) as processed from webhook_deliveries`;
  expect(deliveries).toMatchObject({ count: "1", processed: true });
  const [effects] = await owner<{ count: string }[]>`select count(*) from outbox`;
  expect(effects).toMatchObject({ count: "0" });
  expect(requests).toEqual([]);
});
