import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { POINTS } from "@/scripts/chaos/points";
import { POINT_ACTIONS, singleSchedules } from "@/scripts/chaos/schedule";
import { CHAOS, isBuildCurrent, standaloneServer } from "@/scripts/launch/build.mjs";

const HOOK = "sunprint.failpoint-hook";

/** Whichever of the words the server's own code has in it; the packages that it brings are not ours. */
function wordsIn(server: string, words: readonly string[]): string[] {
  const folder = path.dirname(server);
  const texts = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ parentPath, name }) => !parentPath.includes("node_modules") && /\.(js|mjs|cjs)$/.test(name))
    .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), "utf8"));
  expect(texts.length).toBeGreaterThan(10);
  return words.filter((word) =>
    texts.some((text) => text.includes(`"${word}"`) || text.includes(`\`${word}\``)),
  );
}

const words = [HOOK, ...POINTS.map(({ point }) => point)];

it("[S-35] the build that is served has no failpoint in it, and no way to switch one on", () => {
  expect(isBuildCurrent(), "The production build is not of these sources: npm run build").toBe(true);
  expect(wordsIn(standaloneServer(), words)).toEqual([]);
});

it("the build of the chaos run has every one, which shows that the search would find them", () => {
  expect(wordsIn(standaloneServer(CHAOS), words)).toEqual(words);
});

it("43 points, four actions, once and twice: 344 schedules, each under its own name", () => {
  expect(new Set(POINTS.map(({ point }) => point)).size).toBe(43);
  const schedules = singleSchedules();
  expect(schedules).toHaveLength(43 * POINT_ACTIONS.length * 2);
  expect(new Set(schedules.map(({ name }) => name)).size).toBe(344);
});
