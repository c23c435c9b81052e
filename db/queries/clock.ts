import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";

/** The database's clock, by which money and state go, milliseconds. */
export function readDatabaseClock(db: Db): Promise<number> {
  return callStep(db, z.number(), (sql) => sql`select read_clock() as result`);
}
