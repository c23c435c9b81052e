/** Where to go after signing in: a path of this site, whatever the address asked for. */
export function toNextPath(asked: string | string[] | undefined, fallback: string): string {
  if (typeof asked !== "string" || !URL.canParse(asked, "http://site.invalid")) {
    return fallback;
  }
  const { origin, pathname, search } = new URL(asked, "http://site.invalid");
  // A path that begins with two slashes would be another site's address.
  return origin === "http://site.invalid" && asked.startsWith("/") && !pathname.startsWith("//")
    ? `${pathname}${search}`
    : fallback;
}
