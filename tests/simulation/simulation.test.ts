import { describe, expect, it } from "vitest";
import { createTestDatabase } from "@/tests/support/template-database";
import { simulate } from "./simulate";

const LIFECYCLES = Number(process.env.SIMULATE_LIFECYCLES ?? 20_000);
const SEED = Number(process.env.SIMULATE_SEED ?? Date.now() % 1_000_000);
const LANES = 2;
const databases = await Promise.all(Array.from({ length: LANES }, () => createTestDatabase()));

describe("pictures that live through everything", () => {
  it("[F-20] none is charged twice, none for nothing, none stays: every answer is the oracle's, every invariant holds", async () => {
    const reports = await Promise.all(
      databases.map(({ ownerUrl }, lane) =>
        simulate(ownerUrl, { lifecycles: LIFECYCLES / LANES, seed: SEED + lane, lane }),
      ),
    );
    expect(reports.map(({ violation }) => violation)).toEqual(reports.map(() => null));
    expect(reports.reduce((sum, { lifecycles }) => sum + lifecycles, 0)).toBeGreaterThanOrEqual(LIFECYCLES);
  }, 86_400_000);
});
