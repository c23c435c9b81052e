import { customType, timestamp } from "drizzle-orm/pg-core";

/** `timestamptz` named `…_at`, read as a Date. Every time in the database is an instant, never a local time. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Raw bytes, for hashes. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
