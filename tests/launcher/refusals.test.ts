import { createServer } from "node:net";
import { afterAll, expect, it } from "vitest";
import { makeCheckout, removeCheckout } from "@/tests/support/checkout";
import { processesUnder, runNpm } from "@/tests/support/run-npm";

const folder = makeCheckout();
afterAll(() => removeCheckout(folder));

async function refusalOf(env: Record<string, string>): Promise<string> {
  const run = runNpm(folder, ["start"], { env });
  const code = await run.ended;
  expect(code, run.output()).toBe(1);
  expect(processesUnder(folder)).toEqual([]);
  return run.output();
}

it("refuses a PORT on which another program listens", async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, "127.0.0.1", () => {
      const address = other.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  const output = await refusalOf({ PORT: String(port) });
  other.close();
  expect(output).toContain(`PORT is ${port}, and another program is listening there.`);
});

it("refuses a PORT that is no port", async () => {
  expect(await refusalOf({ PORT: "eighty" })).toContain("PORT must be a number from 1 to 65535.");
});

it("refuses to serve the public from the emulator", async () => {
  const output = await refusalOf({ NEXT_PUBLIC_SITE_URL: "https://sunprint.example" });
  expect(output).toContain("The emulator only serves this machine");
});

it("names each variable that cannot be used, and prints none of their values", async () => {
  const output = await refusalOf({ RATE_LIMIT_TASK: "plenty", METRICS_TOKEN: "too-short" });
  expect(output).toMatch(/^RATE_LIMIT_TASK /m);
  expect(output).toMatch(/^METRICS_TOKEN /m);
  expect(output).not.toMatch(/plenty|too-short/);
});

it("wants a secret from whoever brings a database", async () => {
  const output = await refusalOf({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" });
  expect(output).toMatch(/^BETTER_AUTH_SECRET is missing$/m);
});
