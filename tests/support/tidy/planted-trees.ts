/** One file for each rule of the architecture, which breaks it. */
export const architectureViolations: Record<string, string> = {
  "app/page.tsx": 'import { db } from "@/db/client";\nexport const Page = () => db;\n',
  "app/model.ts": 'import { undici } from "undici";\nexport const a = undici;\n',
  "components/card.tsx":
    'import type { Price } from "@/lib/credits/price";\nexport const Card = (p: Price) => p;\n',
  "lib/credits/price.ts":
    'import { cookies } from "next/headers";\nimport { Page } from "@/app/page";\nexport type Price = [typeof Page, typeof cookies];\n',
  "lib/contracts/task.ts":
    'import "server-only";\nimport path from "node:path";\nexport const separator = path.sep;\n',
  "lib/ids.ts": 'import { separator } from "@/lib/contracts/task";\nexport const id = separator;\n',
  "lib/providers/gemini.ts": 'import { start } from "@/lib/generation/start";\nexport const a = start;\n',
  "lib/upstream/call.ts": 'import { a } from "@/lib/providers/gemini";\nexport const b = a;\n',
  "lib/ai-gateway.ts": 'import { start } from "@/lib/generation/start";\nexport const gateway = start;\n',
  "lib/http/route.ts": 'import { start } from "@/lib/generation/start";\nexport const route = start;\n',
  "lib/generation/start.ts":
    'import { receive } from "@/lib/webhooks/receive";\nexport const start = receive;\n',
  "lib/webhooks/receive.ts":
    'import { sweep } from "@/lib/reconciliation/sweep";\nexport const receive = sweep;\n',
  "lib/reconciliation/sweep.ts": 'import postgres from "postgres";\nexport const sweep = postgres;\n',
  "lib/monitoring/first.ts": 'import type { Second } from "./second";\nexport type First = Second;\n',
  "lib/monitoring/second.ts": 'import type { First } from "./first";\nexport type Second = First;\n',
  "lib/monitoring/tools.ts":
    'import { run } from "@/scripts/run.mjs";\nimport { serve } from "@/emulator/server";\nimport { help } from "@/tests/support/help";\nexport const a = [run, serve, help];\n',
  "lib/monitoring/lost.ts":
    'import { a } from "./nowhere";\nimport { valid } from "semver";\nexport const c = [a, valid];\n',
  "lib/monitoring/borrow.ts": 'import { one } from "./one.test";\nexport const two = one;\n',
  "lib/monitoring/one.test.ts": "export const one = 1;\n",
  "host/scope.ts": 'import { id } from "@/lib/ids";\nexport const scope = id;\n',
  "host/bindings.workers.ts": "export const bindings = {};\n",
  "lib/monitoring/cloud.ts":
    'import { bindings } from "@/host/bindings.workers";\nexport const a = bindings;\n',
  "db/client.ts": 'import { id } from "@/lib/ids";\nexport const db = id;\n',
  "emulator/server.ts": 'import { id } from "@/lib/ids";\nexport const serve = id;\n',
  "scripts/run.mjs": "export const run = 1;\n",
  "tests/support/help.ts": "export const help = 1;\n",
};

/** Every rule of the lint that the house has chosen, broken once. */
export const lintViolations: Record<string, string> = {
  "lib/storage/b.ts": "export const b = 1;\n",
  "lib/credits/a.ts": `
import axios from "axios";
import { sql } from "drizzle-orm";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import { b } from "../storage/b";

declare const anything: any;
type Kind = "first" | "second";

export async function f(db: PostgresJsDatabase, client: postgres.Sql, kind: Kind, list: number[]) {
  db.select().from(sql\`a\`).where(sql\`true\`);
  void [client\`select 1\`];
  Promise.resolve(b);
  await db.transaction(async () => {});
  db.transaction(async () => {});
  await client.begin(async () => {});
  list.forEach(async (number) => {
    await Promise.resolve(number);
  });
  switch (kind) {
    case "first":
      break;
  }
  if (list.length > 3) {
    throw "text";
  }
  const text: string = anything;
  anything.foo();
  String.raw(anything);
  try {
    return Promise.resolve([process.env.FOO, text, list.at(0)!, axios]);
  } catch {
    return anything;
  }
}
`,
};
