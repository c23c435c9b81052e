import { describe, expect, it } from "vitest";
import type { LedgerEntry } from "@/lib/contracts/credits";
import { writeLedgerCsv } from "./ledger-csv";

const entry = (prompt: string): LedgerEntry => ({
  id: "1",
  kind: "reserve",
  amount: -10,
  balanceAfter: 40,
  reason: "submit",
  sentence: null,
  taskId: "gen_1",
  createdAt: "2026-11-23T10:00:00Z",
  task: { prompt, model: "flux-dev", status: "succeeded", numOutputs: 1, charged: 10, imageId: null },
});

describe("the ledger as CSV", () => {
  it("has a line for each entry under its columns", () => {
    expect(writeLedgerCsv([entry("a fox")]).split("\r\n")).toEqual([
      "createdAt,kind,amount,balanceAfter,reason,taskId,model,prompt",
      '"2026-11-23T10:00:00Z","reserve",-10,40,"submit","gen_1","flux-dev","a fox"',
      "",
    ]);
  });

  it.for(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])("never lets a spreadsheet run a prompt: %j", (prompt) => {
    expect(writeLedgerCsv([entry(prompt)])).toContain(`"'${prompt}"`);
  });

  it("keeps quotes, commas and lines inside their cell", () => {
    expect(writeLedgerCsv([entry('a "fox",\nasleep')])).toContain('"a ""fox"",\nasleep"');
  });
});
