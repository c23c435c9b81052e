import { describe, expect, it } from "vitest";
import { isLoopbackHost, isLoopbackUrl } from "./loopback.ts";

describe("what is this machine", () => {
  it.for([
    "http://127.0.0.1:3000/x",
    "http://localhost",
    "https://localhost:1",
    "http://[::1]:80/",
    "http://127.9.9.9",
  ])("%s is", (address) => expect(isLoopbackUrl(address)).toBe(true));

  it.for([
    "https://example.com",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://0.0.0.0",
    "http://169.254.169.254",
    "http://10.0.0.1",
    "ftp://127.0.0.1",
    "file:///etc/passwd",
    "http://127.0.0.1@example.com/",
    "not an address",
    "",
  ])("%s is not", (address) => expect(isLoopbackUrl(address)).toBe(false));

  it("a host may come with a port, or not at all", () => {
    expect(isLoopbackHost("localhost:8787")).toBe(true);
    expect(isLoopbackHost("[::1]:8787")).toBe(true);
    expect(isLoopbackHost(undefined)).toBe(false);
  });
});
