import { defineConfig } from "vitest/config";

const NODE_MAJOR_MIN = 24;
if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR_MIN) {
  throw new Error(
    `The tests need Node ${NODE_MAJOR_MIN}: run them by npm or npx, which find the Node of node_modules.`,
  );
}

const CODE_FOLDERS = "{lib,db,emulator,app,components,scripts}";

const shared = {
  resolve: { tsconfigPaths: true },
  // `server-only` lets a module in under this condition alone; it is also what Next gives server code.
  ssr: { resolve: { conditions: ["react-server", "module", "node", "development|production"] } },
};

/** The tests over HTTP that hold on either host. */
const WORKERS_SLICE = "http-{contract,cron,events,generate,money,pictures,webhooks}";

const setupFiles = ["tests/support/console-guard.ts"];

export default defineConfig({
  ...shared,
  test: {
    environment: "node",
    restoreMocks: true,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [`${CODE_FOLDERS}/**/*.test.ts`, "tests/*.test.ts"],
          setupFiles,
          // A machine that does other things besides is no failure.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/{integration,simulation}/**/*.test.ts"],
          setupFiles,
          globalSetup: ["tests/support/template-database.ts"],
          // When to give up, and no measure of anything: a machine may be many times as slow as another.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          // The routes again, as Workers serve them, and what is special there.
          name: "workers",
          include: [`tests/integration/${WORKERS_SLICE}.test.ts`, "tests/workers/**/*.test.ts"],
          setupFiles,
          globalSetup: ["tests/support/template-database.ts"],
          env: { TEST_HOST: "workers" },
          // Each starts a runtime of its own, with half a gigabyte.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: "contract",
          include: ["tests/contract/**/*.test.ts"],
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "chaos",
          include: ["tests/chaos/**/*.test.ts"],
          setupFiles,
          globalSetup: ["tests/chaos/build.ts"],
          // They strike servers of their own, several at a time: one file after the other.
          fileParallelism: false,
          testTimeout: 400_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: "launcher",
          include: ["tests/launcher/**/*.test.ts"],
          setupFiles,
          // They start real servers and build the app: one after the other, with time to spare.
          fileParallelism: false,
          testTimeout: 400_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
