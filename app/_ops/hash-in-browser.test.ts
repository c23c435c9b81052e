import { expect, it } from "vitest";
import { hashCode } from "@/lib/credits/hash-code";
import { newCode } from "@/lib/credits/new-code";
import { hashInBrowser } from "./hash-in-browser";

it("a code hashed where it is made is found by what somebody writes of it", async () => {
  const code = newCode();
  expect(await hashInBrowser(code)).toBe(
    hashCode(` ${code.toLowerCase().replaceAll("-", " ")}`).toString("hex"),
  );
});
