import { describe, expect, it } from "vitest";
import { isDeliveryAddress } from "./fetch-output";

const HOSTS = ["replicate.delivery", "*.replicate.delivery", "127.0.0.1:8787", "[::1]:8787"];

describe("an output may be fetched from", () => {
  it.for([
    "https://replicate.delivery/xezq/a/out-0.webp",
    "https://pbxt.replicate.delivery/a/out-0.webp",
    "https://a.b.replicate.delivery/out.webp",
    "https://REPLICATE.delivery/out.webp",
    "https://replicate.delivery:443/out.webp",
    "https://replicate.delivery/out.webp?x=http://evil.test/#@evil.test",
    "http://127.0.0.1:8787/files/a/out-0.webp",
    "http://[::1]:8787/out.webp",
    // Full-width letters are the same name by the rules of addresses.
    "https://ｒeplicate.delivery/out.webp",
    "https://replicate\u3002delivery/out.webp",
  ])("%s", (address) => {
    expect(isDeliveryAddress(address, HOSTS)).toBe(true);
  });
});

describe("an output may not be fetched from", () => {
  it.for([
    ["another host", "https://evil.test/out.webp"],
    ["a host that ends alike", "https://evilreplicate.delivery/out.webp"],
    ["a host that begins alike", "https://replicate.delivery.evil.test/out.webp"],
    ["a label in front of nothing", "https://.replicate.delivery/out.webp"],
    ["a name with a trailing dot", "https://replicate.delivery./out.webp"],
    ["a name with a trailing ideographic dot", "https://replicate.delivery\u3002/out.webp"],
    ["a look-alike letter", "https://replic\u0430te.delivery/out.webp"],
    ["a user who looks like the host", "https://replicate.delivery@evil.test/out.webp"],
    ["a user at the host", "https://user@replicate.delivery/out.webp"],
    ["a password at the host", "https://:password@replicate.delivery/out.webp"],
    ["the host as a path", "https://evil.test/replicate.delivery/out.webp"],
    ["the host as a fragment", "https://evil.test#replicate.delivery"],
    ["a backslash before the host", "https://evil.test\\@replicate.delivery/out.webp"],
    ["another port", "https://replicate.delivery:8443/out.webp"],
    ["plain http", "http://replicate.delivery/out.webp"],
    ["plain http at port 443", "http://replicate.delivery:443/out.webp"],
    ["loopback at another port", "http://127.0.0.1:8788/out.webp"],
    ["loopback without a port", "http://127.0.0.1/out.webp"],
    ["loopback by another name", "http://localhost:8787/out.webp"],
    ["loopback under https", "https://127.0.0.1:8787/out.webp"],
    ["the metadata service", "http://169.254.169.254/latest/meta-data/"],
    ["a file", "file:///etc/passwd"],
    ["data", "data:image/png;base64,AAAA"],
    ["ftp", "ftp://replicate.delivery/out.webp"],
    ["a relative address", "/out.webp"],
    ["nothing", ""],
  ] as const)("%s: %s", ([, address]) => {
    expect(isDeliveryAddress(address, HOSTS)).toBe(false);
  });

  it("loopback in any notation, unless it is listed in that one", () => {
    const loopbacks = [
      "2130706433",
      "0x7f000001",
      "0177.0.0.1",
      "127.1",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
      "0",
    ];
    const listed = loopbacks.filter((host) => isDeliveryAddress(`http://${host}:80/out.webp`, HOSTS));
    expect(listed).toEqual([]);
  });

  it("anywhere when no host is listed", () => {
    expect(isDeliveryAddress("https://replicate.delivery/out.webp", [])).toBe(false);
  });
});
