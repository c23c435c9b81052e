import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { cache } from "react";
import { localizePath } from "@/i18n/localize-path";
import { findPrincipal, type Principal } from "@/lib/http/principal";

/** Who looks at this page, asked once however many parts of it want to know. */
export const findVisitor = cache(
  async (): Promise<Principal | null> => findPrincipal(await headers(), { isFresh: false }),
);

/** The signed-in visitor; anybody else is led to sign in and back to `path`. */
export async function requireVisitor(path: string): Promise<Principal> {
  const visitor = await findVisitor();
  if (visitor) {
    return visitor;
  }
  redirect(localizePath(`/sign-in?next=${encodeURIComponent(path)}`, await getLocale()));
}
