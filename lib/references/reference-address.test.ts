import { describe, expect, it } from "vitest";
import { isReferenceAddress, referenceAddress } from "./reference-address";

const SECRET = "a secret of the tests that is long enough";
const SITE = { siteUrl: "https://sunprint.example", addressSecret: SECRET };
const NOW_MS = Date.parse("2026-11-29T10:00:00Z");

function read(address: string) {
  const { pathname, searchParams } = new URL(address);
  return {
    id: pathname.split("/").at(-1) ?? "",
    until: Number(searchParams.get("until")),
    signature: searchParams.get("signature") ?? "",
  };
}
const given = read(referenceAddress(SITE, { id: "ref_1", nowMs: NOW_MS }));
const isGood = (change: Partial<typeof given & { nowMs: number }> = {}, secret = SECRET) =>
  isReferenceAddress(secret, { ...given, nowMs: NOW_MS, ...change });

describe("the address that the provider is given", () => {
  it("is the site's own and good for ten minutes, to the second", () => {
    expect(referenceAddress(SITE, { id: "ref_1", nowMs: NOW_MS })).toMatch(
      /^https:\/\/sunprint\.example\/img\/reference\/ref_1\?until=\d+&signature=[\w-]{43}$/,
    );
    expect(isGood()).toBe(true);
    expect(isGood({ nowMs: NOW_MS + 599_999 })).toBe(true);
    expect(isGood({ nowMs: NOW_MS + 600_000 })).toBe(false);
  });

  it.for([
    ["of another picture", { id: "ref_2" }],
    ["of a later hour", { until: given.until + 3_600 }],
    ["with half a signature", { signature: given.signature.slice(0, 20) }],
    ["with none", { signature: "" }],
    ["with another's", { signature: `A${given.signature.slice(1, -1)}A` }],
    ["whose end is no number", { until: Number.NaN }],
  ] as const)("is none of ours %s", ([, change]) => {
    expect(isGood(change)).toBe(false);
  });

  it("is none of ours when another installation has signed it", () => {
    expect(isGood({}, `${SECRET}!`)).toBe(false);
  });
});
