import { describe, expect, it } from "vitest";
import type { CheckRow } from "@/lib/monitoring/check-run";
import { createTable } from "./check-table";

const row = (change: Partial<CheckRow>): CheckRow => ({
  id: "gateway",
  name: "Gateway studio",
  state: "ok",
  detail: "Reached.",
  remedy: null,
  durationMs: 41,
  failure: null,
  logId: null,
  ...change,
});
const LONG =
  "A sentence that is long enough to need a second line and a third one, whatever the terminal's width is.";

describe("the table of checks", () => {
  const plain = createTable({ columns: 90, isColourful: false });

  it("has one row a check, its columns under their heads", () => {
    const head = plain.head();
    const lines = [plain.row(row({})), plain.row(row({ name: "Settings", durationMs: 1234 }))];
    for (const line of lines) {
      expect(line.indexOf("Reached.")).toBe(head.indexOf("WHAT WAS SEEN"));
      expect(line.indexOf("ms") + 2).toBe(head.indexOf("TIME") + 4);
    }
  });

  it("breaks long sentences under their own column and remedies below them, within the width", () => {
    const lines = plain.row(row({ state: "failed", detail: LONG, remedy: LONG })).split("\n");
    expect(lines.length).toBeGreaterThan(4);
    const fix = lines.findIndex((line) => line.trim().startsWith("Fix: "));
    const starts = (some: string[]) => new Set(some.map((line) => line.search(/\S/)));
    expect(starts(lines.slice(1, fix))).toEqual(new Set([plain.head().indexOf("WHAT WAS SEEN")]));
    expect(starts(lines.slice(fix))).toEqual(new Set([10]));
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(90);
  });

  it("keeps a command on a line of its own, however long, to be copied", () => {
    const command = `curl -s ${LONG.replaceAll(" ", "/")} ${LONG.replaceAll(" ", "-")}`;
    const lines = plain.row(row({ state: "failed", remedy: `${LONG}\n${command}\n${LONG}` })).split("\n");
    expect(lines.map((line) => line.trim())).toContain(command);
    const sentences = lines.filter((line) => !line.includes(command));
    expect(Math.max(...sentences.map(({ length }) => length))).toBeLessThanOrEqual(90);
  });

  it("says a skipped check took no time", () => {
    expect(plain.row(row({ state: "skipped" }))).toMatch(/^ {2}skipped +- {2}Gateway/);
  });

  it("counts at the end", () => {
    const rows = [row({}), row({ state: "skipped" })];
    expect(plain.foot(rows)).toBe("  All is well: 1 passed, 1 skipped.");
    expect(plain.foot([...rows, row({ state: "failed" })])).toBe("  1 failed, 1 passed, 1 skipped.");
  });

  it("is coloured on a terminal alone", () => {
    const all = (table: ReturnType<typeof createTable>) =>
      [table.head(), table.row(row({ state: "failed", remedy: LONG })), table.foot([row({})])].join("\n");
    expect(all(plain)).not.toContain("\u001b");
    const bright = all(createTable({ columns: 90, isColourful: true }));
    const colours = ["0", "1", "2", "31", "32"].map((code) => `\u001b[${code}m`);
    expect(colours.reduce((text, colour) => text.replaceAll(colour, ""), bright)).toBe(all(plain));
    expect(bright).toContain("\u001b[31mfailed");
  });
});
