import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, describe, expect, it } from "vitest";
import { CheckError } from "@/lib/monitoring/check-run";
import { probeWebhook } from "@/lib/monitoring/check-webhook";
import { createUndiciTransport } from "@/lib/upstream/undici-transport";
import { verifyWebhook } from "@/lib/webhooks/verify";
import { WEBHOOK_SECRET } from "@/tests/support/sign-webhook";

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;

let answer: Answer = () => {};
const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (text: string) => {
    body += text;
  });
  request.on("end", () => answer(request, body, response));
});
await new Promise<void>((resolve) => {
  server.listen(0, "127.0.0.1", resolve);
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
const address = server.address();
const port = typeof address === "object" && address !== null ? address.port : 0;
const webhookUrl = `http://127.0.0.1:${port}/api/webhooks/replicate`;
const send = createUndiciTransport();

/** What the app does: the real check of signatures, then an answer. */
const asApp =
  (secret: string, accepted = 200, headers: Record<string, string> = {}): Answer =>
  (request, body, response) => {
    const sent = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      sent.set(name, String(value));
    }
    const { kind } = verifyWebhook([secret], { headers: sent, body });
    response.writeHead(kind === "valid" ? accepted : 401, headers).end();
  };

async function problemUnder(given: Answer): Promise<{ message: string; remedy: string }> {
  answer = given;
  const problem = await probeWebhook(send, { webhookUrl, secret: WEBHOOK_SECRET }).catch(
    (error: unknown) => error,
  );
  if (!(problem instanceof CheckError)) {
    throw new Error("the probe passed", { cause: problem });
  }
  expect(`${problem.message} ${problem.remedy}`).not.toContain(WEBHOOK_SECRET);
  return problem;
}

describe("the webhook's way to a deployed app", () => {
  it("passes where a signed delivery is taken and an unsigned one is not", async () => {
    answer = asApp(WEBHOOK_SECRET);
    await expect(probeWebhook(send, { webhookUrl, secret: WEBHOOK_SECRET })).resolves.toContain(
      "takes a signed delivery",
    );
  });

  it("finds an app with another secret", async () => {
    const problem = await problemUnder(asApp(`whsec_${Buffer.alloc(32, 1).toString("base64")}`));
    expect(problem.remedy).toContain("the same REPLICATE_WEBHOOK_SECRET");
  });

  it("finds something that is not the app", async () => {
    const problem = await problemUnder((_request, _body, response) => response.writeHead(200).end("hello"));
    expect(problem.message).toContain("takes a delivery without a signature");
  });

  it.for([
    [301, "redirects (301)", "redirects to"],
    [404, "(404)", "without a path"],
    [400, "(400)", "clock"],
    [500, "with 500", "log"],
  ] as const)("finds an app that answers %i", async ([status, words, remedy]) => {
    const problem = await problemUnder(
      asApp(WEBHOOK_SECRET, status, { location: "https://www.studio.test/" }),
    );
    expect(problem.message).toContain(words);
    expect(problem.remedy).toContain(remedy);
  });

  it("finds an address where nobody is", async () => {
    const nobody = { webhookUrl: "http://127.0.0.1:1/api/webhooks/replicate", secret: WEBHOOK_SECRET };
    await expect(probeWebhook(send, nobody)).rejects.toThrow(/does not answer \(ECONNREFUSED\)/);
  });
});
