import { vi } from "vitest";

/**
 * What is logged from now on, line by line, until mocks are restored. The log has to be on:
 * `setTestEnvironment({ LOG_LEVEL: "error" })`.
 */
export function readLog(): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    lines.push(JSON.parse(String(chunk)) as Record<string, unknown>);
    return true;
  });
  return lines;
}
