import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "@/scripts/launch/ports.mjs";
import { type Emulator, launchEmulator } from "./support/emulator.ts";
import { type HookServer, startHookServer } from "./support/hook-server.ts";
import { matching } from "./support/matchers.ts";
import { carriedOn, create, send, settled, slowDown } from "./support/predict.ts";
import { until } from "./support/until.ts";
import { at, call, listAt, textAt } from "./support/wire.ts";

const END_MS_MAX = 1000;
const ENDS_MAX = 5;

let folder: string;
let hook: HookServer;
let emulator: Emulator;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "sunprint-journal-"));
  hook = await startHookServer();
  // One that nobody is given while the process is away.
  const port = await freePort();
  emulator = await launchEmulator({
    EMULATOR_DATA_DIR: folder,
    EMULATOR_SPEED: "4",
    EMULATOR_SEED: "journal",
    EMULATOR_PORT: String(port),
  });
});
afterEach(async () => {
  await emulator.stop();
  await hook.close();
  rmSync(folder, { recursive: true, force: true });
});

// On the same port, so that links stay what they were.
const restart = async () => {
  emulator = await launchEmulator({
    EMULATOR_DATA_DIR: folder,
    EMULATOR_SPEED: "4",
    EMULATOR_SEED: "journal",
    EMULATOR_PORT: String(emulator.port),
  });
};

describe("a process that is killed", () => {
  it("goes on with its runs where it was, and their files can be had", async () => {
    await slowDown(emulator);
    const { json } = await create(emulator, {
      model: "black-forest-labs/flux-dev",
      webhook: hook.url,
      events: ["completed"],
    });
    const id = textAt(json, "id");
    await carriedOn(emulator, id, ["processing"]);
    await emulator.kill();
    await restart();
    const done = await carriedOn(emulator, id, ["succeeded"]);
    expect(done).toMatchObject({ id, status: "succeeded" });
    await hook.received(1);
    const file = await fetch(textAt(done, "output", 0));
    expect(file.status).toBe(200);
  });

  it("goes on retrying a terminal webhook that nobody took, under the same id", async () => {
    hook.answers.push(500);
    await create(emulator, { webhook: hook.url, events: ["completed"] });
    const [first] = await hook.received(1);
    await until(async () => listAt(await emulator.books(), "webhooks", 0, "tries").length === 1);
    await emulator.kill();
    await restart();
    const deliveries = await hook.received(2);
    expect(deliveries[1]?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(deliveries[1]?.text).toBe(first?.text);
  });

  it("keeps its books to the cent and never hands out an id twice", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      ids.push(textAt((await create(emulator)).json, "id"));
    }
    await Promise.all(ids.map((id) => settled(emulator, id)));
    const before = await emulator.books();
    await emulator.kill();
    await restart();
    const after = await emulator.books();
    expect(after.totals).toEqual(before.totals);
    expect(after.predictions).toEqual(before.predictions);
    expect(after.calls).toEqual(before.calls);
    expect(ids).not.toContain(textAt((await create(emulator)).json, "id"));
  });

  it("keeps how far the clock was advanced, so that what is removed stays removed", async () => {
    const { json } = await create(emulator);
    const id = textAt(json, "id");
    await settled(emulator, id);
    await emulator.control("POST", "/_clock", { advanceSeconds: 3601 });
    await emulator.kill();
    await restart();
    const { json: later } = await send(emulator, `/predictions/${id}`);
    expect(later).toMatchObject({ status: "succeeded", data_removed: true, output: null });
  });

  it("skips a last line that was cut in two", async () => {
    const { json } = await create(emulator);
    const id = textAt(json, "id");
    await settled(emulator, id);
    await emulator.kill();
    const file = path.join(folder, "journal.jsonl");
    writeFileSync(file, `${readFileSync(file, "utf8")}{"kind":"prediction","rec`);
    await restart();
    await expect(settled(emulator, id)).resolves.toMatchObject({ id });
    await expect(create(emulator)).resolves.toMatchObject({ status: 201 });
  });
});

describe("ending", () => {
  it("takes less than a second even with requests hanging", async () => {
    // What else the machine does can only make an end slower: the quickest is the program's own.
    const endsMs: number[] = [];
    while (endsMs.length < ENDS_MAX && !endsMs.some((ms) => ms < END_MS_MAX)) {
      if (endsMs.length > 0) {
        await restart();
      }
      await emulator.control("POST", "/_faults", { name: "create-silence" });
      const hanging = create(emulator);
      await until(
        async () =>
          Number(at(await emulator.control("GET", "/_faults"), "active", 0, "rules", 0, "fired")) === 1,
      );
      endsMs.push(await emulator.stop());
      expect((await hanging).failure).not.toBe("");
    }
    expect(Math.min(...endsMs)).toBeLessThan(END_MS_MAX);
  });

  it("of a start on a busy port is one clear line and code 1", async () => {
    const { spawnSync } = await import("node:child_process");
    const program = path.resolve(import.meta.dirname, "../../emulator/server.ts");
    const { status, stderr, stdout } = spawnSync(process.execPath, [program], {
      env: { NODE_ENV: "test", EMULATOR_PORT: String(emulator.port) },
      encoding: "utf8",
      timeout: 30_000,
    });
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr.trim().split("\n")).toEqual([matching(/^emulator: the port is already in use/)]);
  });

  it("of a start with a malformed variable names it and never shows a secret", async () => {
    const { spawnSync } = await import("node:child_process");
    const program = path.resolve(import.meta.dirname, "../../emulator/server.ts");
    const { status, stderr } = spawnSync(process.execPath, [program], {
      env: { NODE_ENV: "test", EMULATOR_PORT: "0", EMULATOR_WEBHOOK_SECRET: "not-a-secret-42" },
      encoding: "utf8",
      timeout: 30_000,
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/EMULATOR_WEBHOOK_SECRET/);
    expect(stderr).not.toContain("not-a-secret-42");
  });

  it("leaves nothing listening", async () => {
    await emulator.stop();
    expect((await call(`${emulator.url}/_health`)).status).toBe(0);
  });
});
