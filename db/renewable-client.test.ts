import postgres from "postgres";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openRenewable } from "./renewable-client";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The driver opens nothing before a first query. */
const openNone = () => postgres("postgres://nobody@127.0.0.1:1/none", { fetch_types: false });

it("is renewed once for each age, however many ask", () => {
  const renewable = openRenewable(openNone);
  const door: unknown = Reflect.get(renewable.client, "listen");
  renewable.renew(0);
  renewable.renew(0);
  expect(renewable.age()).toBe(1);
  expect(Reflect.get(renewable.client, "listen")).not.toBe(door);
});

it("is renewed again a minute later at the soonest, and then by itself", () => {
  const renewable = openRenewable(openNone);
  renewable.renew(0);
  vi.advanceTimersByTime(15_000);
  renewable.renew(1);
  vi.advanceTimersByTime(44_000);
  expect(renewable.age()).toBe(1);
  vi.advanceTimersByTime(2_000);
  expect(renewable.age()).toBe(2);
  vi.advanceTimersByTime(120_000);
  expect(renewable.age()).toBe(2);
});
