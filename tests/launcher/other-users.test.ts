import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, expect, it } from "vitest";
import { startEmbeddedPostgres } from "@/scripts/launch/embedded-postgres.mjs";
import { canEnterUserNamespace } from "@/scripts/launch/postgres-account.mjs";
import { startProcess } from "@/scripts/launch/processes.mjs";
import { makeCheckout, removeCheckout } from "@/tests/support/checkout";
import { processesUnder, runNpm } from "@/tests/support/run-npm";
import { waitFor } from "@/tests/support/wait-for";

const isRoot = process.getuid?.() === 0;
/** The account that every Linux has and that owns nothing. */
const NOBODY = { uid: 65_534, gid: 65_534 };

const folders: string[] = [];
afterAll(() => folders.forEach(removeCheckout));

it.runIf(isRoot)("npm start serves an ordinary user, in a folder that only they may enter", async () => {
  const folder = makeCheckout(NOBODY);
  folders.push(folder);
  const run = runNpm(folder, ["start"], { user: NOBODY });
  const [, address] = await run.line(/ready at (http:\S+)/, 120_000);
  expect((await fetch(`${address}/api/health`)).status).toBe(200);
  run.child.kill("SIGTERM");
  await waitFor(() => processesUnder(folder).length === 0, {
    what: "the end of everything",
    timeoutMs: 10_000,
  });
});

const rootWays = canEnterUserNamespace() ? (["user-namespace", "nobody"] as const) : (["nobody"] as const);
it.runIf(isRoot).for(rootWays)(
  "root's database keeps what it was given, run by way of: %s",
  async (rootWay) => {
    const folder = mkdtempSync(path.join(tmpdir(), "sunprint-root-"));
    folders.push(folder);
    const options = {
      clusterFolder: path.join(folder, "postgres"),
      superuserPassword: "superuser",
      logFile: path.join(folder, "postgres.log"),
      start: startProcess,
      rootWay,
    };
    const first = await startEmbeddedPostgres(options);
    folders.push(first.clusterFolder);
    expect(first.kind).toBe(rootWay);
    await query(first.adminUrl, "create table kept as select 42 as answer");
    await first.server.stop();

    const second = await startEmbeddedPostgres(options);
    expect(second.clusterFolder).toBe(first.clusterFolder);
    expect(await query(second.adminUrl, "select answer from kept")).toEqual([{ answer: 42 }]);
    await second.server.stop();
    rmSync(second.clusterFolder, { recursive: true, force: true });
  },
);

async function query(url: string, text: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1 });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}
