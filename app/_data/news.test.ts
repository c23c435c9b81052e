import { describe, expect, it } from "vitest";
import { START_MS, task } from "@/tests/support/task";
import { addNews, compareFeeds, NO_NEWS } from "./news";

const done = { status: "succeeded", phase: null } as const;
const failed = { status: "failed", refunded: 10 } as const;

describe("what changed between two lists of tasks", () => {
  it("is what ran and has ended", () => {
    const find = compareFeeds([task(0), task(1)], START_MS);
    const ended = task(1, done);
    expect(find([task(0), ended]).ended).toEqual([ended]);
  });

  it("is not what the page came with, nor the first list of a page that came with none", () => {
    expect(compareFeeds([task(0, done)], START_MS)([task(0, done)]).ended).toEqual([]);
    expect(compareFeeds(undefined, START_MS)([task(0, done)])).toEqual({ ended: [], isMoneyMoved: false });
  });

  it("is what was made since the page was opened and has ended before anything was heard of it", () => {
    const find = compareFeeds([], START_MS);
    expect(find([task(1, failed)]).ended).toEqual([task(1, failed)]);
  });

  it("is not what is older than the page and only now loaded", () => {
    const find = compareFeeds([task(5)], START_MS + 5 * 60_000);
    expect(find([task(5), task(1, done)]).ended).toEqual([]);
  });

  it("is told once, also when it leaves the list and comes back", () => {
    const find = compareFeeds([], START_MS);
    expect(find([task(1, done)]).ended).toHaveLength(1);
    expect(find([]).ended).toEqual([]);
    expect(find([task(1, done)]).ended).toEqual([]);
  });

  it("moves money when something is held and when a hold ends", () => {
    const find = compareFeeds([], START_MS);
    const running = task(1);
    expect(find([running]).isMoneyMoved).toBe(true);
    expect(find([running]).isMoneyMoved).toBe(false);
    expect(find([task(1, failed)]).isMoneyMoved).toBe(true);
  });
});

describe("news", () => {
  it("adds up, with what was given back", () => {
    expect(addNews(addNews(NO_NEWS, task(1, failed)), task(2, failed))).toEqual({
      ...NO_NEWS,
      failed: 2,
      returnedCredits: 20,
    });
  });

  it("says nothing of what was deleted", () => {
    expect(addNews(NO_NEWS, task(1, { ...failed, isDeleted: true }))).toEqual(NO_NEWS);
  });
});
