import { describe, expect, it } from "vitest";
import { task } from "@/tests/support/task";
import { uniteTasks } from "./read-account";

describe("the tasks of an account", () => {
  it("are each there once, newest first, wherever their pictures lie", () => {
    const binned = (minute: number) => ({ task: task(minute), binned: [], purgedAt: null });
    expect(uniteTasks([task(3), task(1)], [binned(2), binned(1)]).map(({ id }) => id)).toEqual([
      "gen_003",
      "gen_002",
      "gen_001",
    ]);
  });
});
