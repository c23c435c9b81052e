import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Db } from "@/db/client";
import * as schema from "@/db/schema";

type Statement = { text: string; parameters: postgres.ParameterOrJSON<never>[] };

/** How PostgreSQL carries out what is read: the plan of each statement, in lines, with the values that it was sent with. */
export async function plansOf(url: string, read: (db: Db) => Promise<unknown>): Promise<string> {
  const sent: Statement[] = [];
  const client = postgres(url, {
    max: 1,
    fetch_types: false,
    debug: (_connection, text, parameters: Statement["parameters"]) => sent.push({ text, parameters }),
  });
  await read(drizzle(client, { schema }));
  const lines: string[] = [];
  // Taken out, as what explains them is sent by the same client.
  for (const { text, parameters } of sent.splice(0)) {
    const rows = await client.unsafe<{ "QUERY PLAN": string }[]>(`explain ${text}`, parameters);
    lines.push(...rows.map((row) => row["QUERY PLAN"]));
  }
  await client.end({ timeout: 5 });
  return lines.join("\n");
}
