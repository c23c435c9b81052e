import { createServer, type IncomingHttpHeaders } from "node:http";
import { until } from "./until.ts";

/** One webhook as it arrived. */
export interface Delivery {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
  arrivedMs: number;
}

/** A receiver of webhooks on a port of its own. */
export interface HookServer {
  url: string;
  deliveries: Delivery[];
  /** The statuses of the next answers; 200 when there are none left. */
  answers: number[];
  /** Resolves when so many have arrived. */
  received: (count: number) => Promise<readonly Delivery[]>;
  close: () => Promise<void>;
}

/** Starts a receiver; the caller closes it. */
export async function startHookServer(): Promise<HookServer> {
  const deliveries: Delivery[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      deliveries.push({
        path: request.url ?? "",
        headers: request.headers,
        body,
        text: body.toString("utf8"),
        arrivedMs: performance.now(),
      });
      const status = answers.shift() ?? 200;
      response.writeHead(status, status === 301 ? { location: "/elsewhere" } : {});
      response.end();
    });
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    deliveries,
    answers,
    received: (count) => until(() => deliveries.length >= count && deliveries),
    close: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

/** The headers as svix and others want them: plain, each a string. */
export function plainHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === "string") {
      plain[name] = value;
    }
  }
  return plain;
}
