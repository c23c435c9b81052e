import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { listMutants } from "@/scripts/chaos/mutants";
import { inProject } from "@/scripts/launch/paths.mjs";
import { openTestLedger } from "@/tests/support/ledger";

const { owner } = await openTestLedger();
const mutants = await listMutants(owner);

it("a function that a guard is taken out of is a function still, so that what is missed is the guard", async () => {
  const cuts = mutants.filter(({ functionName }) => functionName !== undefined);
  expect(cuts.length).toBeGreaterThan(490);
  const broken: string[] = [];
  // The driver answers no reservation on a connection that it has yet to open.
  await owner`select 1`;
  const alone = await owner.reserve();
  for (const { kind, name, sql } of cuts) {
    await alone.unsafe("begin");
    await alone.unsafe(sql).catch((error: unknown) => broken.push(`${kind}: ${name}: ${String(error)}`));
    await alone.unsafe("rollback");
  }
  alone.release();
  expect(broken).toEqual([]);
});

it("what nothing can miss is still there under the name that its reason is given for", () => {
  const accepted: unknown = JSON.parse(
    readFileSync(inProject("tests", "chaos", "accepted-mutants.json"), "utf8"),
  );
  const names = new Set(mutants.map(({ name }) => name));
  expect(Object.keys(accepted as object).filter((name) => !names.has(name))).toEqual([]);
});
