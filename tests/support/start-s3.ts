import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inProject } from "@/scripts/launch/paths.mjs";
import { freePort } from "@/scripts/launch/ports.mjs";
import { nodeProgram, startProcess } from "@/scripts/launch/processes.mjs";
import { waitFor } from "./wait-for";

export const S3_KEYS = {
  accessKeyId: "AKIATESTTESTTEST",
  secretAccessKey: "a secret key of the tests, forty letters",
};

export type TestS3 = {
  /** As STORAGE_URL names a bucket. */
  storageUrl: (bucket?: string) => string;
  stop: () => Promise<void>;
};

/**
 * A server that speaks S3 and checks each signature: the one that comes with wrangler, in front of an emulated R2. The
 * caller stops it.
 */
export async function startS3(): Promise<TestS3> {
  const folder = mkdtempSync(path.join(tmpdir(), "sunprint-s3-"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, "worker.js"),
    "export default { fetch: () => new Response('nothing here', { status: 404 }) };\n",
  );
  writeFileSync(
    path.join(folder, "wrangler.json"),
    JSON.stringify({
      name: "s3",
      main: "worker.js",
      compatibility_date: "2026-10-15",
      r2_buckets: [
        {
          binding: "PICTURES",
          bucket_name: "pictures",
          local_dev: { experimental_s3_credentials: S3_KEYS },
        },
      ],
    }),
  );
  const port = await freePort();
  const wrangler = inProject("node_modules", "wrangler", "wrangler-dist", "cli.js");
  const running = startProcess(
    nodeProgram({
      name: "The S3 server",
      cwd: folder,
      args: [
        "--no-warnings",
        wrangler,
        "dev",
        "--ip",
        "127.0.0.1",
        "--port",
        String(port),
        "--inspector-port",
        "0",
      ],
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        WRANGLER_SEND_METRICS: "false",
        WRANGLER_SEND_ERROR_REPORTS: "false",
        WRANGLER_LOG_PATH: path.join(folder, "logs"),
        WRANGLER_REGISTRY_PATH: path.join(folder, "registry"),
      },
    }),
  );
  const origin = `http://127.0.0.1:${port}`;
  await waitFor(async () => (await fetch(origin)).status === 404, {
    what: "the S3 server",
    timeoutMs: 150_000,
  });
  return {
    storageUrl: (bucket = "pictures") =>
      `s3://${bucket}?endpoint=${encodeURIComponent(`${origin}/cdn-cgi/local/r2/s3`)}&region=auto`,
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
