import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { processIdentity } from "./process-identity.mjs";
import { readRunRecord, takeRunLock } from "./run-lock.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "sunprint-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function take(file: string) {
  const taken = takeRunLock(file, "start");
  if (!("lock" in taken)) {
    throw new Error("somebody has the lock");
  }
  return taken;
}

it("keeps a second one out for as long as the first has it, and tells what the first told", () => {
  const file = path.join(folder, "held.json");
  const { lock } = take(file);
  lock.update({ address: "http://localhost:3000" });
  expect(takeRunLock(file, "dev")).toMatchObject({
    holder: { pid: process.pid, command: "start", address: "http://localhost:3000" },
  });
  lock.release();
  take(file).lock.release();
  expect(readRunRecord(file)).toBeUndefined();
});

it("passes from a holder that no longer lives, together with what it left", async () => {
  const file = path.join(folder, "dead.json");
  const child = spawn("sleep", ["60"]);
  const identity = processIdentity(child.pid ?? 0);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const children = [{ name: "The app", pid: 1, identity: "then" }];
  writeFileSync(file, JSON.stringify({ pid: child.pid, identity, command: "start", children }));
  expect(takeRunLock(file, "start")).toHaveProperty("holder");
  child.kill();
  await ended;
  const { lock, leftover } = take(file);
  expect(leftover).toMatchObject({ children });
  lock.release();
});

it("is not kept by a process that was given the pid of the dead holder", () => {
  const file = path.join(folder, "recycled.json");
  writeFileSync(
    file,
    JSON.stringify({ pid: process.pid, identity: "long ago", command: "start", children: [] }),
  );
  expect(takeRunLock(file, "start")).toHaveProperty("lock");
});

it("is not kept by a file that a crash has cut short", () => {
  const file = path.join(folder, "cut.json");
  writeFileSync(file, '{"pid": 12');
  expect(takeRunLock(file, "start")).toHaveProperty("lock");
});
