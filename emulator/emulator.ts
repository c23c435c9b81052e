import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Books } from "./books/books.ts";
import { Control } from "./control/control.ts";
import { Clock } from "./core/clock.ts";
import type { EmulatorOptions } from "./core/environment.ts";
import { EventHub } from "./core/event-hub.ts";
import { Identifiers } from "./core/identifiers.ts";
import { Journal } from "./core/journal.ts";
import { defaultSettings } from "./core/settings.ts";
import type { World } from "./core/world.ts";
import { Gateway } from "./gateway/gateway.ts";
import { createGemini } from "./gemini/gemini.ts";
import { Pictures } from "./pictures/pictures.ts";
import { Files } from "./replicate/files.ts";
import { createReplicate } from "./replicate/replicate.ts";
import { Runs } from "./replicate/runs.ts";
import { createRouter } from "./router.ts";
import { FaultEngine } from "./scenarios/fault-engine.ts";
import { Webhooks } from "./webhooks/webhooks.ts";

/** A running emulator. */
export interface RunningEmulator {
  port: number;
  url: string;
  /** Ends it within a second: breaks open connections, keeps the journal. */
  stop(): Promise<void>;
}

/**
 * Starts an emulator on a loopback port and resolves when it listens; rejects when the port is taken.
 * With a data folder it goes on where an earlier process ended.
 */
export async function startEmulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const world = createWorld(options);
  const webhooks = new Webhooks(world);
  const runs = new Runs(world, webhooks);
  const providers = {
    replicate: createReplicate(world, runs, new Files(world)),
    "google-ai-studio": createGemini(world),
  };
  const gateway = new Gateway(world, providers);
  const control = new Control(world, { gateway, runs });
  const server = createServer(createRouter({ world, gateway, providers, control }));
  // A client that is slow on purpose is part of the rehearsal.
  server.requestTimeout = 0;
  server.headersTimeout = 60_000;
  // Longer than any client keeps an idle connection, so that none is closed under a request on its way.
  server.keepAliveTimeout = 75_000;
  const port = await listen(server, options.port);
  world.baseUrl = `http://127.0.0.1:${port}`;
  runs.resume();
  webhooks.resume();
  return {
    port,
    url: world.baseUrl,
    stop: async () => {
      world.clock.stop();
      server.close();
      server.closeAllConnections();
      await world.pictures.stop();
    },
  };
}

function createWorld(options: EmulatorOptions): World {
  const seed = options.seed ?? randomBytes(16).toString("hex");
  const identifiers = new Identifiers(seed);
  const journal = options.dataDir === undefined ? undefined : Journal.open(options.dataDir);
  const books = new Books({ journal, ordinal: () => identifiers.ordinal });
  const events = new EventHub();
  const { ordinal, clockOffsetMs } = books.load();
  identifiers.restore(ordinal);
  books.compact();
  const faults = new FaultEngine((scenario, action, facts) => {
    books.recordFault();
    events.publish("fault", {
      scenario,
      kind: action.kind,
      operation: facts.operation,
      event: facts.event ?? "",
    });
  });
  const clock = new Clock(clockOffsetMs);
  return {
    options,
    seed,
    clock,
    identifiers,
    faults,
    books,
    events,
    pictures: new Pictures(),
    settings: defaultSettings(options),
    baseUrl: `http://127.0.0.1:${options.port}`,
  };
}

async function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  await promise;
  server.off("error", reject);
  return portOf(server.address());
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") {
    throw new Error("the server has no port");
  }
  return address.port;
}
