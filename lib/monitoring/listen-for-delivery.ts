import "server-only";
import { createServer, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { fromWire } from "@/lib/providers/replicate";
import { verifyWebhook } from "@/lib/webhooks/verify";
import { CheckError } from "./check-run";

const BODY_LENGTH_MAX = 1_000_000;
const DELIVERY_MS_MAX = 15_000;
const LOOK_MS = 50;

type Delivery = { headers: Headers; body: string };

/** A door for webhooks on this machine, for as long as a check lasts. */
export type DeliveryListener = {
  /** The address to give to the provider. */
  url: string;
  /** Waits for the terminal delivery of a prediction, and verifies it. Ends in a sentence; throws CheckError. */
  waitFor: (predictionId: string, secrets: readonly string[]) => Promise<string>;
  close: () => void;
};

/** Opens it on a free loopback port, where only an upstream on this machine can reach it. */
export async function listenForDelivery(): Promise<DeliveryListener> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    void readDelivery(request).then((delivery) => {
      deliveries.push(delivery);
      response.writeHead(200).end();
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}/api/webhooks/replicate`,
    async waitFor(predictionId, secrets) {
      const deadlineMs = performance.now() + DELIVERY_MS_MAX;
      for (;;) {
        const delivery = deliveries.find((each) => isEndOf(predictionId, each));
        if (delivery) {
          return judge(delivery, secrets);
        }
        if (performance.now() > deadlineMs) {
          throw new CheckError(
            `No webhook for the picture arrived within ${DELIVERY_MS_MAX / 1000} s (${deliveries.length} others did).`,
            "Look at the deliveries in the emulator's dashboard, and whether a fault is switched on there.",
          );
        }
        await sleep(LOOK_MS);
      }
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function readDelivery(request: IncomingMessage): Promise<Delivery> {
  let body = "";
  request.setEncoding("utf8");
  for await (const text of request) {
    if (body.length <= BODY_LENGTH_MAX) {
      body += String(text);
    }
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    headers.set(name, String(value));
  }
  return { headers, body };
}

function isEndOf(predictionId: string, { body }: Delivery): boolean {
  try {
    const prediction = fromWire(JSON.parse(body));
    return (
      prediction?.id === predictionId &&
      prediction.status !== "starting" &&
      prediction.status !== "processing"
    );
  } catch {
    return false;
  }
}

function judge(delivery: Delivery, secrets: readonly string[]): string {
  const { kind } = verifyWebhook(secrets, delivery);
  switch (kind) {
    case "valid":
      return "The picture's webhook came back, and its signature is right.";
    case "stale":
      throw new CheckError(
        "The picture's webhook came back with a time that is off by more than five minutes.",
        "Set this machine's clock.",
      );
    case "invalid":
      throw new CheckError(
        "The picture's webhook came back, and none of REPLICATE_WEBHOOK_SECRET has signed it.",
        "Set REPLICATE_WEBHOOK_SECRET to the account's secret; during a rotation, to both, separated by a comma.",
      );
  }
}
