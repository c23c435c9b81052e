import { expect } from "vitest";

/** Vitest's loose matchers under a type that may stand inside of an expected object. */
export const anyText: unknown = expect.any(String);
export const anyNumber: unknown = expect.any(Number);
export const anyObject: unknown = expect.any(Object);

export function matching(pattern: RegExp | string): unknown {
  return expect.stringMatching(pattern);
}

export function holding(part: string): unknown {
  return expect.stringContaining(part);
}

export function listWith(...parts: readonly unknown[]): unknown {
  return expect.arrayContaining([...parts]);
}

export function objectWith(parts: Record<string, unknown>): unknown {
  return expect.objectContaining(parts);
}
