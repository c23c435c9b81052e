import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, expect, inject } from "vitest";
import { z } from "zod";
import { checkInvariants } from "@/db/check-invariants";
import { ErrorEnvelope } from "@/lib/contracts/error";
import { Task } from "@/lib/contracts/task";
import { openDatabaseProxy } from "./database-proxy";
import { startApp, type TestApp, type TestAppOptions } from "./start-app";
import { startEmulator } from "./start-emulator";
import { createTestDatabase } from "./template-database";
import { waitFor } from "./wait-for";

/** Limits that stand in nobody's way; a file that tests one sets it. */
const GENEROUS = {
  RATE_LIMIT_AUTH: "10000/60",
  RATE_LIMIT_GENERATE: "10000/60",
  RATE_LIMIT_PROMPT: "10000/60",
  RATE_LIMIT_TASK: "10000/60",
  SWEEP_INTERVAL_SECONDS: "1",
  LOG_LEVEL: "warn",
};

export type Answer = {
  status: number;
  headers: Headers;
  text: string;
  /** Its JSON; undefined when it is none. */
  json: unknown;
};

export type Asking = {
  method?: string;
  /** Sent as JSON; a string or bytes are sent as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  person?: Person | null;
  /** Another server than the site's first. */
  server?: Pick<TestApp, "url">;
};

export type Person = { email: string; cookie: string };

const Started = z.object({
  id: z.string(),
  status: z.literal("processing"),
  cost: z.number(),
  balance: z.number(),
});

/**
 * The production server over HTTP, with its emulator and a database of the file's own. After the last test every
 * invariant must hold. Await it at the top of the file.
 */
export async function openSite({
  env = {},
  emulator: emulatorEnv = {},
  hasCron = true,
}: {
  env?: Record<string, string>;
  hasCron?: boolean;
  emulator?: Record<string, string>;
} = {}) {
  const database = await createTestDatabase();
  const proxy = await openDatabaseProxy(database.appUrl);
  const owner = postgres(database.ownerUrl, { max: 2, fetch_types: false, onnotice: () => {} });
  const adminUrl = new URL(inject("templateDatabase").adminUrl);
  adminUrl.pathname = new URL(database.ownerUrl).pathname;
  const superuser = postgres(adminUrl.href, { max: 1, fetch_types: false, onnotice: () => {} });
  const emulator = await startEmulator({ EMULATOR_SPEED: "20", ...emulatorEnv });
  const options: TestAppOptions = {
    database: { appUrl: proxy.url },
    emulator,
    env: { ...GENEROUS, ...env },
    hasCron,
  };
  let app: TestApp = await startApp(options);
  afterAll(async () => {
    await app.stop();
    await emulator.stop();
    await proxy.stop();
    await Promise.all([owner.end({ timeout: 5 }), superuser.end({ timeout: 5 })]);
    expect(await checkInvariants(database.ownerUrl)).toEqual([]);
  });

  /** One request. With a body the method is POST. */
  async function ask(
    path: string,
    { method, body, headers = {}, person, server = app }: Asking = {},
  ): Promise<Answer> {
    const isRaw = typeof body === "string" || body instanceof Uint8Array;
    const payload = body === undefined || isRaw ? body : JSON.stringify(body);
    const response = await fetch(`${server.url}${path}`, {
      method: method ?? (payload === undefined ? "GET" : "POST"),
      redirect: "manual",
      headers: {
        ...(payload === undefined ? {} : { "content-type": "application/json" }),
        ...(person ? { cookie: person.cookie } : {}),
        ...headers,
      },
      ...(payload === undefined
        ? {}
        : { body: typeof payload === "string" ? payload : Buffer.from(payload) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parse(text) };
  }

  /** Somebody new, signed in. */
  async function signUp(): Promise<Person> {
    const email = `${randomUUID()}@example.com`;
    const answer = await ask("/api/auth/sign-up/email", {
      body: { name: "Ada Lovelace", email, password: "a password that is long enough" },
      headers: { origin: app.url },
    });
    expect(answer.status).toBe(200);
    return { email, cookie: cookieOf(answer.headers) };
  }

  const generate = async (person: Person, change: object = {}, headers: Record<string, string> = {}) =>
    ask("/api/generate", {
      person,
      headers,
      body: { model: "flux-schnell", inputPrompt: "a fox", aspectRatio: "1:1", ...change },
    });

  const taskOf = async (person: Person, fluxId: string): Promise<Task> => {
    const { json } = await ask("/api/task", { person, body: { fluxId } });
    return Task.parse(json);
  };

  return {
    database,
    /** What stands between the server and its database. */
    proxy,
    owner,
    emulator,
    options,
    ask,
    signUp,
    generate,
    taskOf,
    app: () => app,
    /** Ends every connection of the app's at the database's side, whatever it is doing. Answers how many. */
    async killBackends(): Promise<number> {
      const killed = await superuser`
        select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and usename = 'sunprint_app'`;
      return killed.length;
    },
    /** The server of a moment ago is gone; this one has its place and its pictures. */
    async restart(): Promise<void> {
      app = await startApp({ ...options, storageFolder: app.storageFolder });
    },
    /** Submits; answers the id of what must have been started. */
    async start(person: Person, change: object = {}): Promise<string> {
      const { json } = await generate(person, change);
      return Started.parse(json).id;
    },
    /** Waits for the end of a task, as a browser without a stream would. */
    async ended(person: Person, id: string, { timeoutMs = 90_000 } = {}): Promise<Task> {
      return waitFor(
        async () => {
          const task = await taskOf(person, id);
          return task.status !== "processing" && task;
        },
        { what: `the end of ${id}`, timeoutMs },
      );
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A session without the signed copy of its person that is trusted for a minute: the database is asked who it is. */
export function withoutSignedCopy(cookie: string): string {
  return cookie.replace(/sunprint\.session_data=[^;]+;?\s*/, "");
}

export function cookieOf(headers: Headers): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** The promised envelope: a sentence, a code, a reason and the request's id; nothing of our insides. */
export function expectEnvelope(
  answer: Answer,
  status: number,
  reason: string,
): z.infer<typeof ErrorEnvelope> {
  expect({ status: answer.status, body: answer.json }).toMatchObject({ status, body: { reason } });
  const envelope = ErrorEnvelope.parse(answer.json);
  expect(answer.headers.get("x-request-id")).toBe(envelope.requestId);
  expect(answer.headers.get("content-type")).toContain("application/json");
  expect(envelope.error).toMatch(/^[A-Z].+[.]$/);
  expect(
    Object.keys(envelope).filter(
      (key) => !["error", "code", "reason", "requestId", "issues", "isPaused", "isUnsure"].includes(key),
    ),
  ).toEqual([]);
  expect(answer.text).not.toMatch(/at \w+ \(|node_modules|postgres|select |insert |PostgresError|\.ts:/i);
  return envelope;
}
