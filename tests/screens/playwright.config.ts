import base from "@/playwright.config";

/** `npm run screens`: renders every screen in every state. No test of `npm test`: it is to be looked at. */
export default {
  ...base,
  testDir: ".",
  globalSetup: "../support/browser-set-up.ts",
  outputDir: "../../test-results",
  workers: 1,
  timeout: 600_000,
  projects: [
    { name: "desktop", use: { browserName: "chromium" as const, viewport: { width: 1440, height: 900 } } },
    {
      name: "phone",
      use: {
        browserName: "chromium" as const,
        viewport: { width: 390, height: 844 },
        deviceScaleFactor: 2,
        isMobile: true,
        hasTouch: true,
      },
    },
  ],
};
