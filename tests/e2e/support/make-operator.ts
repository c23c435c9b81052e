import type { Page } from "@playwright/test";
import postgres from "postgres";
import { z } from "zod";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;
const Session = z.object({ user: z.object({ id: z.string(), email: z.string() }) });

/** Makes the visitor an operator; answers who they are. */
export async function makeOperator(page: Page): Promise<z.infer<typeof Session>["user"]> {
  const answer = await page.request.get("/api/auth/get-session");
  const { user } = Session.parse(await answer.json());
  const sql = postgres(databaseUrl, { max: 1, fetch_types: false });
  await sql`update users set role = 'operator' where id = ${user.id}`;
  await sql.end();
  return user;
}
