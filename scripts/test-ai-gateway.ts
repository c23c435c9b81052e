import { parseArgs } from "node:util";
import { checkGateway } from "@/lib/monitoring/check-gateway";
import { listenForDelivery } from "@/lib/monitoring/listen-for-delivery";
import { createUndiciTransport } from "@/lib/upstream/undici-transport";
import { createTable } from "./check-table";

/** Given by the command alone, when it started an emulator for the occasion. */
const EMULATOR_FLAG = "started-emulator";
const COLUMNS_DEFAULT = 110;

const { values: flags } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
    [EMULATOR_FLAG]: { type: "boolean", default: false },
  },
});

process.exit(await main());

/** Checks, prints, and answers the exit code: 0 only when nothing failed. */
async function main(): Promise<number> {
  const { stdout, env } = process;
  const isColourful = stdout.isTTY && !env.NO_COLOR && env.TERM !== "dumb";
  const table = createTable({ columns: stdout.columns ?? COLUMNS_DEFAULT, isColourful });
  const say = (text: string) => {
    if (!flags.json) {
      console.log(text);
    }
  };
  const isEmulator = flags[EMULATOR_FLAG];
  const isLocal = isEmulator || isUpstreamOnThisMachine(env.CLOUDFLARE_AI_GATEWAY_URL ?? "");
  const listener = isLocal && !flags["dry-run"] ? await listenForDelivery() : null;
  say(`\n  ${headline(isEmulator)}\n\n${table.head()}`);
  const startedMs = performance.now();
  const rows = await checkGateway({
    variables: env,
    isDryRun: flags["dry-run"],
    listener,
    send: createUndiciTransport(),
    onRow: (row) => say(table.row(row)),
  });
  listener?.close();
  const isOk = rows.every(({ state }) => state !== "failed");
  if (flags.json) {
    const totalMs = Math.round(performance.now() - startedMs);
    const target = isEmulator ? "emulator" : "gateway";
    console.log(
      JSON.stringify({ ok: isOk, target, dryRun: flags["dry-run"], totalMs, checks: rows }, null, 2),
    );
  } else {
    say(`\n${table.foot(rows)}\n`);
  }
  return isOk ? 0 : 1;
}

function headline(isEmulator: boolean): string {
  return isEmulator
    ? "CLOUDFLARE_AI_GATEWAY_URL is unset, so this is the emulator, started for the occasion: it stands in for\n  Cloudflare, Replicate and Google. AI_GATEWAY_SETUP.md leads to the real ones."
    : "The gateway that CLOUDFLARE_AI_GATEWAY_URL names.";
}

function isUpstreamOnThisMachine(addresses: string): boolean {
  const hosts = addresses.split(",").map((address) => URL.parse(address.trim())?.hostname ?? "");
  return hosts.every((host) => ["localhost", "127.0.0.1", "[::1]"].includes(host));
}
