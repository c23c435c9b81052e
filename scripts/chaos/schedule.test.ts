import { describe, expect, it } from "vitest";
import { readKept } from "./kept";
import { DOUBLED, randomSchedule } from "./schedule";

const SEEDS = Array.from({ length: 600 }, (_, index) => index + 1);

describe("the random stream", () => {
  it.for(readKept())(
    "has for $schedule.name what it had when that failed, doubled creates aside",
    ({ schedule, seed }) => {
      const { upstream, ...rest } = randomSchedule(seed);
      expect({ ...rest, upstream: upstream.filter((name) => name !== DOUBLED) }).toEqual(schedule);
    },
  );

  it("doubles the creates of one schedule in six, whatever else its upstream does", () => {
    const doubled = SEEDS.map(randomSchedule).filter(({ upstream }) => upstream.includes(DOUBLED));
    expect(doubled.length).toBeGreaterThan(SEEDS.length / 10);
    expect(doubled.length).toBeLessThan(SEEDS.length / 4);
    expect(new Set(doubled.map(({ upstream }) => upstream.length))).toEqual(new Set([1, 2]));
  });
});
