import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SCENARIOS } from "@/emulator/scenarios/catalogue/scenarios.ts";
import { type Emulator, launchEmulator } from "./support/emulator.ts";
import { create, run } from "./support/predict.ts";
import { at, call, listAt, textAt } from "./support/wire.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await launchEmulator();
});
afterAll(() => emulator.stop());
afterEach(() => emulator.control("POST", "/_reset"));

/** The status of a request with headers that fetch would not let through. */
const statusWith = (path: string, headers: Record<string, string>) => {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const sent = request(
    { port: emulator.port, host: "127.0.0.1", path, headers, agent: false },
    (response) => {
      response.resume();
      resolve(response.statusCode);
    },
  );
  sent.on("error", reject);
  sent.end();
  return promise;
};

describe("who may use the control surface", () => {
  it("a request whose Host is not loopback is refused", async () => {
    expect(await statusWith("/_books", { host: "emulator.example.com" })).toBe(403);
    expect(await statusWith("/", { host: "emulator.example.com" })).toBe(403);
    expect(await statusWith("/_books", { host: "localhost:1234" })).toBe(200);
    expect(await statusWith("/_books", { host: "[::1]:1234" })).toBe(200);
  });

  it("a request from another site's page is refused", async () => {
    expect(await statusWith("/_faults", { origin: "https://evil.example.com" })).toBe(403);
    expect(await statusWith("/_faults", { origin: "http://localhost:3000" })).toBe(200);
  });
});

describe("faults", () => {
  it("each have a case on the wire: every group is tested whole", () => {
    const files = readdirSync(import.meta.dirname).filter((name) => name.startsWith("scenarios-"));
    const sources = files.map((name) => readFileSync(path.join(import.meta.dirname, name), "utf8")).join("");
    const tested = [...sources.matchAll(/\btestScenarios\("([^"]+)"/g)].map(([, group]) => group ?? "");
    expect(new Set(tested)).toEqual(new Set(SCENARIOS.map(({ group }) => group)));
  });

  it("are listed with a sentence each, switched on, counted and switched off", async () => {
    const { scenarios } = await emulator.control("GET", "/_faults");
    for (const scenario of listAt({ scenarios: scenarios ?? [] }, "scenarios")) {
      expect(textAt(scenario, "sentence")).toMatch(/^[A-Z].*\.$/);
    }
    await emulator.control("POST", "/_faults", { name: "create-500", times: 1 });
    await create(emulator);
    expect((await create(emulator)).status).toBe(201);
    const { active } = await emulator.control("GET", "/_faults");
    expect(at({ active: active ?? [] }, "active", 0, "rules", 0)).toMatchObject({ matched: 2, fired: 1 });
    await emulator.control("DELETE", "/_faults/create-500");
    expect(listAt(await emulator.control("GET", "/_faults"), "active")).toEqual([]);
  });

  it("strike the same requests for the same seed", async () => {
    const statuses = async () => {
      await emulator.control("POST", "/_faults", {
        name: "create-500",
        seed: "dice",
        probability: 0.5,
        replace: true,
      });
      const seen: number[] = [];
      for (let index = 0; index < 12; index += 1) {
        seen.push((await create(emulator)).status);
      }
      return seen;
    };
    const first = await statuses();
    expect(new Set(first).size).toBe(2);
    expect(await statuses()).toEqual(first);
  });

  it("of one's own match by operation, model, prompt and count", async () => {
    await emulator.control("POST", "/_faults", [
      {
        where: { operation: "replicate.create", model: "*/flux-dev" },
        action: { kind: "answer", status: 418, text: "teapot" },
      },
      {
        where: { operation: "replicate.create", prompt: "*cursed*" },
        nth: 2,
        action: { kind: "answer", status: 599, text: "second" },
      },
    ]);
    expect((await create(emulator, { model: "black-forest-labs/flux-dev" })).status).toBe(418);
    expect((await create(emulator, { input: { prompt: "a cursed ring" } })).status).toBe(201);
    expect((await create(emulator, { input: { prompt: "a cursed ring" } })).status).toBe(599);
    expect((await create(emulator)).status).toBe(201);
  });

  it.for([
    [{ name: "no-such-thing" }, /no scenario "no-such-thing"/],
    [
      { rules: [{ where: { operation: "replicate.dance" }, action: { kind: "reset" } }] },
      /"replicate.dance" is no operation/,
    ],
    [{ rules: [{ action: { kind: "explode" } }] }, /an action has a kind/],
    [{ rules: [{ action: { kind: "answer", statuss: 3 } }] }, /the action answer has no "statuss"/],
    [{ rules: [{ action: { kind: "file", form: "cake" } }] }, /file knows no "cake"/],
    [{}, /send \{name\}/],
  ] as const)("are refused with a sentence: %j", async ([body, sentence]) => {
    const { status, json } = await call(`${emulator.url}/_faults`, { method: "POST", json: body });
    expect(status).toBe(400);
    expect(textAt(json, "error")).toMatch(sentence);
  });
});

describe("the books", () => {
  it("hold the whole history of a prediction and what was asked of upstream", async () => {
    const done = await run(emulator, { model: "black-forest-labs/flux-dev" });
    const books = await emulator.books();
    const entry = listAt(books, "predictions").find((row) => at(row, "id") === done.id);
    expect(listAt(entry, "history").map((step) => at(step, "status"))).toEqual([
      "starting",
      "processing",
      "output",
      "succeeded",
    ]);
    expect(at(entry, "billedUsd")).toBe(0.025);
    expect(listAt(books, "calls").filter((row) => at(row, "operation") === "replicate.create")).toHaveLength(
      1,
    );
    expect(JSON.stringify(books)).not.toContain("r8_anything");
  });
});

describe("settings", () => {
  it("are patched in parts, shown without the token, and set back by a reset", async () => {
    await emulator.control("POST", "/_settings", { gateway: { authentication: { token: "secret-token" } } });
    const shown = await emulator.control("POST", "/_settings", {
      gateway: { cache: { isOn: true } },
      latencies: { "*": { starting: 5, processing: { medianMs: 10 } } },
    });
    expect(JSON.stringify(shown)).not.toContain("secret-token");
    expect(at(shown, "settings", "gateway", "cache", "isOn")).toBe(true);
    await emulator.control("POST", "/_reset");
    expect(at(await emulator.control("GET", "/_settings"), "settings", "gateway", "cache", "isOn")).toBe(
      false,
    );
  });

  it("that do not exist or have another type are refused by name", async () => {
    const { status, json } = await call(`${emulator.url}/_settings`, {
      method: "POST",
      json: { gateway: { cache: { isOn: "yes" }, retries: { backoff: "random" } }, weather: "fine" },
    });
    expect(status).toBe(400);
    expect(json.error).toBe(
      "gateway.cache.isOn is a boolean; gateway.retries.backoff is one of constant, linear, exponential; there is no setting weather",
    );
  });
});

describe("the clock", () => {
  it("fires what fell due on the way", async () => {
    await emulator.control("POST", "/_settings", { speed: 0.01 });
    const { json } = await create(emulator, { model: "black-forest-labs/flux-dev" });
    await emulator.control("POST", "/_clock", { advanceSeconds: 1200 });
    const entry = listAt(await emulator.books(), "predictions").find((row) => at(row, "id") === json.id);
    expect(at(entry, "status")).toBe("succeeded");
  });

  it("goes forward only", async () => {
    expect(
      (await call(`${emulator.url}/_clock`, { method: "POST", json: { advanceSeconds: -1 } })).status,
    ).toBe(400);
  });
});

describe("watching", () => {
  it("events tell of calls, predictions and faults as they happen", async () => {
    const response = await fetch(`${emulator.url}/_events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await emulator.control("POST", "/_faults", { name: "run-quick" });
    await run(emulator);
    let text = "";
    while (!/event: prediction/.test(text) || !/event: call/.test(text) || !/event: faults/.test(text)) {
      const chunk = await reader?.read();
      text += chunk?.value ?? "";
    }
    await reader?.cancel();
    expect(text).toMatch(/id: \d+\nevent: \w+\ndata: \{/);
  });

  it("every word that the dashboard's filter suggests finds a fault", async () => {
    const page = (await call(emulator.url)).text;
    const words = /placeholder="Filter: ([^"…]+)…"/.exec(page)?.[1]?.split(", ") ?? [];
    expect(words.length).toBeGreaterThan(2);
    for (const word of words) {
      const found = SCENARIOS.filter(({ name, sentence }) =>
        `${name} ${sentence}`.toLowerCase().includes(word),
      );
      expect(found.length, word).toBeGreaterThan(1);
    }
  });

  it("the dashboard loads nothing from anywhere and runs only its own script", async () => {
    const { status, headers, text } = await call(`${emulator.url}/`);
    expect(status).toBe(200);
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*script-src 'sha256-/);
    expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(text).toContain('<html lang="en">');
  });
});
