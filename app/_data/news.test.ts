import { describe, expect, it } from "vitest";
import { START_MS, task } from "@/tests/support/task";
import { addNews, createNewsReader, NO_NEWS } from "./news";

const MINUTE_MS = 60_000;
const minute = (count: number) => new Date(START_MS + count * MINUTE_MS).toISOString();
/** Ended in its given minute, and not changed since. */
const at = (count: number) => ({ completedAt: minute(count), changedAt: minute(count) });

const done = { status: "succeeded", phase: null } as const;
const failed = { status: "failed", refunded: 10 } as const;

describe("what has ended", () => {
  it("is what ran until now", () => {
    const { read } = createNewsReader([task(0), task(1)], START_MS);
    const ended = task(1, done);
    expect(read([task(0), ended]).ended).toEqual([ended]);
  });

  it("is not what the page came with, nor what had ended before a page that came with nothing", () => {
    const old = task(0, { ...done, ...at(0) });
    expect(createNewsReader([old], START_MS).read([task(0, { ...done, ...at(0) })]).ended).toEqual([]);
    const { read } = createNewsReader(undefined, START_MS + 1);
    expect(read([old])).toEqual({ ended: [], isMoneyMoved: false });
  });

  it("is what ended since the page was opened, before anything was heard of it", () => {
    const ended = task(1, { ...failed, ...at(2) });
    expect(createNewsReader([], START_MS).read([ended]).ended).toEqual([ended]);
    expect(createNewsReader(undefined, START_MS).read([ended]).ended).toEqual([ended]);
  });

  it("is not what is older than the page and only now loaded", () => {
    const { read } = createNewsReader([task(5)], START_MS + 5 * MINUTE_MS);
    expect(read([task(5), task(1, { ...done, ...at(2) })]).ended).toEqual([]);
  });

  it("is told once, also when it leaves the list and comes back, and by whichever way it is heard of", () => {
    const { hear, read } = createNewsReader([], START_MS);
    const ended = task(1, { ...done, ...at(2) });
    expect(hear([ended]).ended).toHaveLength(1);
    expect(read([{ ...ended }]).ended).toEqual([]);
    expect(read([]).ended).toEqual([]);
    expect(read([ended]).ended).toEqual([]);
  });

  it("is heard of by itself where no list is, by a browser whose clock is fast, too", () => {
    const { hear } = createNewsReader(undefined, START_MS + 60 * MINUTE_MS);
    const ended = task(1, { ...done, ...at(2) });
    expect(hear([ended]).ended).toEqual([ended]);
  });

  it("is not a picture of yesterday that was marked as a favourite", () => {
    const { hear } = createNewsReader(undefined, START_MS + 60 * MINUTE_MS);
    expect(hear([task(1, { ...done, ...at(2), changedAt: minute(61) })]).ended).toEqual([]);
  });

  it("is not told again by an older version that arrives late", () => {
    const { hear, read } = createNewsReader([task(1)], START_MS);
    const ended = task(1, { ...done, ...at(2) });
    expect(hear([ended]).ended).toHaveLength(1);
    expect(hear([task(1)]).ended).toEqual([]);
    expect(read([ended]).ended).toEqual([]);
  });

  it("moves money when something is held and when a hold ends", () => {
    const { read } = createNewsReader([], START_MS);
    const running = task(1);
    expect(read([running]).isMoneyMoved).toBe(true);
    expect(read([running]).isMoneyMoved).toBe(false);
    expect(read([task(1, failed)]).isMoneyMoved).toBe(true);
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
