import "server-only";
import { env } from "@/env.mjs";

export type Role = "user" | "operator";

/**
 * What somebody may do. An operator is whoever was made one, and whoever has an address of ADMIN_EMAILS and has proved that it
 * is theirs: anybody can sign up with any address.
 */
export function roleOf(person: { role?: string | null; email: string; emailVerified: boolean }): Role {
  const isNamed = person.emailVerified && env().ADMIN_EMAILS.includes(person.email.toLowerCase());
  return isNamed || person.role === "operator" ? "operator" : "user";
}
