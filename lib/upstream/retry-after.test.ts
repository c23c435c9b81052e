import { describe, expect, it } from "vitest";
import { parseDuration, parseResetSentence, parseRetryAfterHeader, parseSeconds } from "./retry-after";

const NOW_MS = Date.parse("2026-11-23T10:00:00Z");

describe("the Retry-After header", () => {
  it.for([
    ["seconds", "30", 30_000],
    ["seconds with spaces around", " 7 ", 7_000],
    ["seconds with a fraction", "1.5", 1_500],
    ["zero", "0", 0],
    ["a date ahead", "Mon, 23 Nov 2026 10:00:20 GMT", 20_000],
    ["a date in the past means now", "Mon, 23 Nov 2026 09:00:00 GMT", 0],
    ["the longest advice worth taking", "600", 600_000],
  ] as const)("reads %s", ([, value, expected]) => {
    expect(parseRetryAfterHeader(value, NOW_MS)).toBe(expected);
  });

  it.for([
    ["nothing", undefined],
    ["an empty value", ""],
    ["a word", "soon"],
    ["a negative number, which is no date either", "-5"],
    ["a number in another notation", "1e3"],
    ["a unit", "30s"],
    ["a bare year", "2026"],
    ["more than ten minutes", "601"],
    ["a date more than ten minutes ahead", "Mon, 23 Nov 2026 10:10:01 GMT"],
    ["a number without end", "9".repeat(400)],
    ["a date that is none", "Mon, 99 Nov 2026 10:00:20 GMT"],
  ] as const)("ignores %s", ([, value]) => {
    expect(parseRetryAfterHeader(value, NOW_MS)).toBeUndefined();
  });
});

describe("Google's RetryInfo", () => {
  it.for([
    ["26s", 26_000],
    ["47.172s", 47_172],
    ["0s", 0],
  ] as const)("reads %s", ([value, expected]) => {
    expect(parseDuration(value)).toBe(expected);
  });

  it.for([undefined, "", "26", "26ms", "-1s", "s", "86400s", "1m"])("ignores %s", (value) => {
    expect(parseDuration(value)).toBeUndefined();
  });
});

describe("Replicate's advice", () => {
  it.for([
    ["Request was throttled. Your rate limit resets in ~30s.", 30_000],
    ["Your rate limit resets in 5s", 5_000],
    ["rate limit reset in ~1.5 s", 1_500],
  ] as const)("is read out of the sentence %s", ([sentence, expected]) => {
    expect(parseResetSentence(sentence)).toBe(expected);
  });

  it.for([undefined, "", "Request was throttled.", "resets in ~2h", "resets in ~86400s"])(
    "is not read out of %s",
    (sentence) => {
      expect(parseResetSentence(sentence)).toBeUndefined();
    },
  );

  it("is read out of the body's number of seconds", () => {
    expect(parseSeconds(12)).toBe(12_000);
    expect(parseSeconds(0)).toBe(0);
  });

  it.for([-1, Number.NaN, Number.POSITIVE_INFINITY, 601, "12", null, undefined, [12]])(
    "is not read out of the body's %s",
    (value) => {
      expect(parseSeconds(value)).toBeUndefined();
    },
  );
});
