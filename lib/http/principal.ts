import "server-only";
import { withDatabaseRetries } from "@/db/queries/step";
import { type Role, roleOf } from "@/lib/account/role-of";
import { getAuth } from "@/lib/auth";

/** Who asks. */
export type Principal = { userId: string; name: string; email: string; role: Role };

/**
 * The signed-in person behind these headers, or null. `isFresh` asks the database; otherwise a signed cookie of the
 * last minute is enough, so that a read costs no query for the session.
 */
export async function findPrincipal(
  headers: Headers,
  { isFresh }: { isFresh: boolean },
): Promise<Principal | null> {
  const session = await withDatabaseRetries(() =>
    getAuth().api.getSession({ headers, query: { disableCookieCache: isFresh } }),
  );
  if (!session) {
    return null;
  }
  const { id, name, email } = session.user;
  return { userId: id, name, email, role: roleOf(session.user) };
}
