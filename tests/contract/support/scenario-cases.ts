import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { SCENARIOS } from "@/emulator/scenarios/catalogue/scenarios.ts";
import { type Emulator, launchEmulator } from "./emulator.ts";
import { type HookServer, startHookServer } from "./hook-server.ts";

/** What a case has at hand: an emulator on which the scenario is on, and a receiver of webhooks. */
export interface Stage {
  emulator: Emulator;
  hook: HookServer;
}

export type ScenarioCase = (stage: Stage) => Promise<void>;

/**
 * One test for each scenario of a group, which shows its effect on the wire, and one that fails when a
 * scenario has no case or a case no scenario.
 */
export function testScenarios(group: string, cases: Readonly<Record<string, ScenarioCase>>): void {
  let emulator: Emulator;
  let hook: HookServer;

  beforeAll(async () => {
    emulator = await launchEmulator();
    hook = await startHookServer();
  });
  afterAll(async () => {
    await emulator.stop();
    await hook.close();
  });
  afterEach(async () => {
    await emulator.control("POST", "/_reset");
    hook.deliveries.length = 0;
    hook.answers.length = 0;
  });

  it("has a case for every scenario of its group", () => {
    const names = SCENARIOS.filter((scenario) => scenario.group === group).map(({ name }) => name);
    expect(Object.keys(cases).toSorted((a, b) => a.localeCompare(b))).toEqual(
      names.toSorted((a, b) => a.localeCompare(b)),
    );
  });

  it.for(Object.entries(cases))("%s", async ([name, show]) => {
    await emulator.control("POST", "/_faults", { name });
    await show({ emulator, hook });
    expect.hasAssertions();
  });
}
