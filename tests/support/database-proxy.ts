import { connect, createServer, type Socket } from "node:net";

/** PostgreSQL's word that a statement with one row is done; outside a transaction it is committed by then. */
const COMPLETED = Buffer.from("SELECT 1\0");

export type DatabaseProxy = {
  /** The database's address, by way of here. */
  url: string;
  /** From now on: `open`; `gone` refuses connections, as a server that is not there; `silent` lets nothing through. */
  become: (mode: "open" | "gone" | "silent") => Promise<void>;
  /** Cuts every connection. */
  cut: () => void;
  /** Lets nothing more through on the connections that there are, and does not end them; new ones are served. */
  forget: () => void;
  /**
   * Cuts the connection once the next statement with these words has been carried out, and before its answer is let
   * through. Resolves when that has happened.
   */
  swallowAnswerTo: (words: string) => Promise<void>;
  stop: () => Promise<void>;
};

/** What stands between a server and its database, on a free port of loopback. */
export async function openDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let forgotten = new Set<Socket>();
  let mode: "open" | "gone" | "silent" = "open";
  let swallowing: { words: string; on: Socket | undefined; done: () => void } | undefined;

  const server = createServer((client) => {
    const database = connect(Number(target.port || 5432), target.hostname);
    const end = () => {
      client.destroy();
      database.destroy();
    };
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on("error", end).on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on("data", (data) => {
      if (mode === "silent" || forgotten.has(client)) {
        return;
      }
      if (swallowing && !swallowing.on && data.includes(swallowing.words)) {
        swallowing.on = client;
      }
      database.write(data);
    });
    database.on("data", (data) => {
      if (mode === "silent" || forgotten.has(client)) {
        return;
      }
      if (swallowing?.on === client && data.includes(COMPLETED)) {
        const { done } = swallowing;
        swallowing = undefined;
        end();
        done();
        return;
      }
      client.write(data);
    });
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const cut = () => {
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  const close = () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    cut();
    return closed;
  };

  await listen(0);
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);

  return {
    url: url.href,
    async become(next) {
      if (next === mode) {
        return;
      }
      const was = mode;
      mode = next;
      if (next === "gone") {
        await close();
      } else if (was === "gone") {
        await listen(port);
      } else if (was === "silent") {
        // What was sent meanwhile is lost, so those connections are of no use.
        cut();
      }
    },
    cut,
    forget() {
      forgotten = new Set(sockets);
    },
    swallowAnswerTo: (words) =>
      new Promise((resolve) => {
        swallowing = { words, on: undefined, done: resolve };
      }),
    async stop() {
      await (mode === "gone" ? undefined : close());
    },
  };
}
