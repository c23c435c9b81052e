import { standaloneServer } from "./build.mjs";
import { inProject } from "./paths.mjs";
import { nodeProgram } from "./processes.mjs";

/** Requests under way get this long to finish. */
const STOP_GRACE_MS = 4_000;

/**
 * @typedef {object} AppOptions
 * @property {import("./processes.mjs").Environment} env
 * @property {number} port
 * @property {string} address where it listens
 * @property {import("./processes.mjs").ProcessOptions["output"]} output
 */

/**
 * The production server that a build made.
 * @param {AppOptions & { build?: import("./build.mjs").BuildTarget, nodeFlags?: string[] }} options
 */
export function productionApp({ env, port, address, output = "inherit", build, nodeFlags = [] }) {
  return nodeProgram({
    name: "The app",
    args: [...nodeFlags, standaloneServer(build)],
    output,
    stopGraceMs: STOP_GRACE_MS,
    env: {
      ...env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PORT: String(port),
      HOSTNAME: address,
    },
  });
}

/** Next's own server for development, which builds as it goes. @param {AppOptions} options */
export function developmentApp({ env, port, address, output = "inherit" }) {
  const next = inProject("node_modules", "next", "dist", "bin", "next");
  return nodeProgram({
    name: "The app",
    args: [next, "dev", "--port", String(port), "--hostname", address],
    output,
    stopGraceMs: STOP_GRACE_MS,
    env: { ...env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1", PORT: String(port) },
  });
}
