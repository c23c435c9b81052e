import { createServer, type Server } from "node:net";
import { afterEach, expect, it } from "vitest";
import { freePort, nextFreePort, preferPort, whyPortIsTaken } from "./ports.mjs";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
  }
});

async function occupy(host: string): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

it.for(["127.0.0.1", "0.0.0.0", "::"])("sees that somebody listens on %s", async (host) => {
  const port = await occupy(host);
  expect(await whyPortIsTaken(port)).toBe("EADDRINUSE");
});

it("skips a taken port on the way up", async () => {
  const port = await occupy("127.0.0.1");
  expect(await nextFreePort(port)).toBeGreaterThan(port);
});

it("finds a port that no program is given meanwhile, whatever it asks the system for", async () => {
  const port = await freePort();
  expect(port).toBeLessThan(32_768);
  expect(await whyPortIsTaken(port)).toBeUndefined();
});

it("keeps to the preferred port while it is free", async () => {
  const free = await freePort();
  expect(await preferPort(free)).toBe(free);
  const taken = await occupy("127.0.0.1");
  expect(await preferPort(taken)).not.toBe(taken);
});
