import { describe, expect, it } from "vitest";
import { defaultVariables, listenAddress, readSettings, withDefaults } from "./settings.mjs";

const secrets = {
  databaseSuperuserPassword: "a",
  databaseOwnerPassword: "b",
  databaseAppPassword: "c",
  betterAuthSecret: "generated",
  cronSecret: "h",
  gatewayToken: "d",
  replicateToken: "e",
  geminiKey: "f",
  webhookSecret: "g",
};

describe("settings", () => {
  it("fall back to everything embedded, reachable from this machine alone", () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({ usesEmbeddedDatabase: true, usesEmulator: true, isSiteLocal: true });
    expect(listenAddress(settings)).toBe("127.0.0.1");
  });

  it("serve the network when the site has a public address and a real gateway", () => {
    const settings = readSettings({
      NEXT_PUBLIC_SITE_URL: "https://sunprint.example",
      CLOUDFLARE_AI_GATEWAY_URL: "https://gateway.example/v1/a/b",
    });
    expect(listenAddress(settings)).toBe("0.0.0.0");
  });

  it.for(["http://localhost:4000", "http://127.0.0.1", "http://[::1]:3000"])(
    "count %s as this machine",
    (siteUrl) => {
      expect(readSettings({ NEXT_PUBLIC_SITE_URL: siteUrl })).toMatchObject({ isSiteLocal: true });
    },
  );

  it.for(["http://localhost.example", "http://10.0.0.1:3000", "https://sunprint.example"])(
    "refuse the emulator for %s",
    (siteUrl) => {
      expect(() => readSettings({ NEXT_PUBLIC_SITE_URL: siteUrl })).toThrow(
        "The emulator only serves this machine",
      );
    },
  );

  it.for(["0", "65536", "80a", "-1", "3000.5"])("refuse %s as a port", (port) => {
    expect(() => readSettings({ PORT: port })).toThrow("PORT must be a number");
  });
});

describe("the variables of the app", () => {
  it("include a secret and an operator only where the database is ours as well", () => {
    const own = defaultVariables({ settings: readSettings({}), port: 3000, secrets });
    expect(own).toMatchObject({ BETTER_AUTH_SECRET: "generated", ADMIN_EMAILS: "first-account" });
    const brought = defaultVariables({
      settings: readSettings({ DATABASE_URL: "postgres://x" }),
      port: 1,
      secrets,
    });
    expect(brought).not.toHaveProperty("BETTER_AUTH_SECRET");
    expect(brought).not.toHaveProperty("ADMIN_EMAILS");
  });

  it("put letters into a folder where the site is this machine's alone", () => {
    const local = defaultVariables({ settings: readSettings({}), port: 3000, secrets });
    expect(local.MAIL_FOLDER).toMatch(/\.data.mail$/);
    const reached = { NEXT_PUBLIC_SITE_URL: "https://studio.test", CLOUDFLARE_AI_GATEWAY_URL: "https://x" };
    expect(defaultVariables({ settings: readSettings(reached), port: 3000, secrets })).not.toHaveProperty(
      "MAIL_FOLDER",
    );
  });

  it("never replace what the user has set, and treat an empty one as unset", () => {
    expect(withDefaults({ A: "mine", B: "" }, { A: "ours", B: "ours", C: "ours" })).toEqual({
      A: "mine",
      B: "ours",
      C: "ours",
    });
  });
});
