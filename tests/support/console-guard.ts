import { afterEach, beforeEach } from "vitest";

/**
 * Loaded into every test file: what is written to console.error and was not announced by `expectConsoleError` fails the
 * test, because somebody reading a log would have taken it for a fault.
 */
const realConsoleError = console.error;
let expectedPatterns: RegExp[] = [];
let messages: string[] = [];

beforeEach(() => {
  expectedPatterns = [];
  messages = [];
  console.error = (...words: unknown[]) => {
    messages.push(words.map(textOf).join(" "));
  };
});

afterEach(() => {
  console.error = realConsoleError;
  const unexpected = messages.filter((message) => !expectedPatterns.some((pattern) => pattern.test(message)));
  const missing = expectedPatterns.filter((pattern) => !messages.some((message) => pattern.test(message)));
  if (unexpected.length > 0) {
    throw new Error(`unexpected console.error:\n${unexpected.join("\n")}`);
  }
  if (missing.length > 0) {
    throw new Error(`announced, but never written to console.error: ${missing.join(", ")}`);
  }
});

/** Announces, within a test, that a message matching the pattern must be written to console.error. */
export function expectConsoleError(pattern: RegExp): void {
  expectedPatterns.push(pattern);
}

function textOf(word: unknown): string {
  return word instanceof Error ? (word.stack ?? word.message) : String(word);
}
