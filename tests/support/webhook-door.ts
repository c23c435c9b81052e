import { createServer } from "node:http";
import { readTokenHash } from "@/lib/generation/attempt-token";
import type { Services } from "@/lib/services";
import { receiveReplicateWebhook } from "@/lib/webhooks/receive-replicate";

const STATUSES = { recorded: 200, duplicate: 200, invalid: 401, stale: 400, malformed: 400 } as const;

export type WebhookDoor = {
  /** What the app calls its site. */
  siteUrl: string;
  /** From now on: `open`; `closed` answers 503; `forgetful` acknowledges, and its process dies before it applies. */
  mode: "open" | "closed" | "forgetful";
  /** Every answer so far, and the hash (hex) of the token in the address that was knocked at. */
  answers: { tokenHash: string | undefined; status: number }[];
  /** Hands the deliveries to the use case, as the route does. */
  serve: (services: Services, secrets: readonly string[]) => void;
  /** Waits for what is being applied. */
  settle: () => Promise<void>;
  stop: () => Promise<void>;
};

/** The address that webhooks are sent to, in front of the use case itself. */
export async function openWebhookDoor(): Promise<WebhookDoor> {
  let handle: { services: Services; secrets: readonly string[] } | undefined;
  const applying = new Set<Promise<unknown>>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      void (async () => {
        // What fails is answered as the route does, also while the file's database is being taken away.
        const status = await receive(request, Buffer.concat(chunks).toString("utf8")).catch(() => 503);
        const tokenHash = readTokenHash(`http://localhost${request.url}`)?.toString("hex");
        door.answers.push({ tokenHash, status });
        response.writeHead(status).end();
      })();
    });
  });

  async function receive(
    request: { url?: string | undefined; headers: NodeJS.Dict<string | string[]> },
    body: string,
  ) {
    if (!handle || door.mode === "closed") {
      return 503;
    }
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      headers.set(name, String(value));
    }
    const tokenHash = readTokenHash(`http://localhost${request.url}`);
    const result = await receiveReplicateWebhook(handle.services, handle.secrets, {
      headers,
      body,
      tokenHash,
    });
    if (result.kind === "recorded" && door.mode === "open") {
      const job = result.finish(handle.services).catch(() => {});
      applying.add(job);
      void job.then(() => applying.delete(job));
    }
    return STATUSES[result.kind];
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const door: WebhookDoor = {
    siteUrl: `http://127.0.0.1:${port}`,
    mode: "open",
    answers: [],
    serve(services, secrets) {
      handle = { services, secrets };
    },
    async settle() {
      await Promise.all(applying);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return door;
}
