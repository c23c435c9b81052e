/** Below this a difference is the network's delay and the header's whole seconds, not a wrong clock. */
const TOLERANCE_MS = 2_000;

let aheadMs = 0;

/** Learns from an answer's Date header how far the server's clock is ahead of this machine's. */
export function noteServerDate(header: string | null): void {
  const differenceMs = header === null ? Number.NaN : Date.parse(header) - Date.now();
  if (!Number.isNaN(differenceMs)) {
    aheadMs = Math.abs(differenceMs) > TOLERANCE_MS ? differenceMs : 0;
  }
}

/** Now, as the server would say: elapsed times and deadlines are counted on its clock. */
export function serverNowMs(): number {
  return Date.now() + aheadMs;
}
