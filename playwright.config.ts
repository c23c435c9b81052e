import { defineConfig, type Project } from "@playwright/test";

type ChosenBrowser = { file: string; env: Record<string, string>; args: string[] };

// The first two are set by the global set-up, before the workers read this file again.
const { E2E_APP_URL: baseURL, E2E_BROWSER: chosen, TEST_HOST: host } = process.env;
const browser = chosen ? (JSON.parse(chosen) as ChosenBrowser) : undefined;

/** What people do from end to end, which must be the same on either host. */
const JOURNEYS =
  /(account|chinese|composer|endings|keyboard|lost-webhook|never-answered|pressed-twice|private-pictures|submit-and-reload|two-tabs)\.spec\.ts$/;

const desktop: Project["use"] = { browserName: "chromium", viewport: { width: 1440, height: 900 } };

const onNode: Project[] = [
  { name: "desktop", grepInvert: /@phone|@measured/, use: desktop },
  {
    name: "phone",
    grep: /@phone/,
    use: {
      browserName: "chromium",
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 3,
      isMobile: true,
      hasTouch: true,
    },
  },
  // What is measured in milliseconds has the machine to itself, one after the other.
  { name: "measured", grep: /@measured/, dependencies: ["desktop", "phone"], workers: 1, use: desktop },
];

const onWorkers: Project[] = [
  { name: "workers", testMatch: JOURNEYS, grepInvert: /@phone|@measured/, use: desktop },
];

export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/browser-set-up.ts",
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // How long a failure takes; a machine that does other things besides is none.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  outputDir: "test-results",
  use: {
    ...(baseURL && { baseURL }),
    locale: "en-US",
    // A trace takes a third of a run's time; `--trace=retain-on-failure` has one of what fails.
    trace: "off",
    screenshot: "only-on-failure",
    ...(browser && {
      launchOptions: {
        executablePath: browser.file,
        args: browser.args,
        env: { ...process.env, ...browser.env },
      },
    }),
  },
  projects: host === "workers" ? onWorkers : onNode,
});
