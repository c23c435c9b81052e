import "server-only";
import { z } from "zod";
import type { Db } from "@/db/client";
import { callStep } from "./step";
import type { RateAllowance } from "./tasks";

/** Takes one token; the whole seconds to wait when there is none, else 0. */
export function takeRateToken(db: Db, rate: RateAllowance): Promise<number> {
  return callStep(
    db,
    z.number(),
    (sql) => sql`select take_rate_token(${rate.key}, ${rate.count}, ${rate.seconds}) as result`,
  );
}
