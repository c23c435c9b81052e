import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { readSecrets } from "./secrets.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "sunprint-secrets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("are made once, and readable by their owner alone", () => {
  const file = path.join(folder, "a.json");
  const made = readSecrets(file);
  expect(readSecrets(file)).toEqual(made);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(new Set(Object.values(made)).size).toBe(Object.keys(made).length);
});

it("are long enough for what they protect", () => {
  const { betterAuthSecret, webhookSecret } = readSecrets(path.join(folder, "b.json"));
  expect(betterAuthSecret.length).toBeGreaterThanOrEqual(32);
  expect(webhookSecret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
  expect(Buffer.from(webhookSecret.slice("whsec_".length), "base64").length).toBeGreaterThanOrEqual(24);
});

it("keep the old ones when a later release needs one more", () => {
  const file = path.join(folder, "c.json");
  writeFileSync(file, JSON.stringify({ databaseAppPassword: "of an earlier release" }));
  expect(readSecrets(file).databaseAppPassword).toBe("of an earlier release");
  expect(JSON.parse(readFileSync(file, "utf8"))).toHaveProperty("webhookSecret");
});

it("are never replaced when their file cannot be read", () => {
  const file = path.join(folder, "d.json");
  writeFileSync(file, "{");
  expect(() => readSecrets(file)).toThrow("cannot be read");
  expect(readFileSync(file, "utf8")).toBe("{");
});
