/** Seconds a `Prefer: wait` or `wait=n` asks for (documented: 1 to 60, 60 without a number); undefined without one. */
export function preferredWaitSeconds(header: string | undefined): number | undefined {
  const match = /^wait(?:=(\d+))?$/.exec(header?.trim() ?? "");
  if (match === null) {
    return undefined;
  }
  const seconds = match[1] === undefined ? 60 : Number(match[1]);
  return Math.min(60, Math.max(1, seconds));
}

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * Milliseconds of a `Cancel-After` such as `90s`, `1m` or `1m30s`. Replicate's changelog gives the form;
 * the shortest it takes is not documented, five seconds is what the emulator holds to.
 */
export function cancelAfterMs(header: string): number | "malformed" | "too short" {
  const text = header.trim();
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) {
    return "malformed";
  }
  let total = 0;
  for (const [, amount = "0", unit = "s"] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(amount) * (UNIT_MS[unit] ?? 0);
  }
  return total < 5000 ? "too short" : total;
}
