import "server-only";

/** A place in a list that is ordered by time and then by id. */
export type Cursor = { createdAt: string; id: string };

/** As text that people and programs hand back unread. */
export function writeCursor({ createdAt, id }: Cursor): string {
  return Buffer.from(`${createdAt} ${id}`).toString("base64url");
}

/** The place that a text names; null when it is none that we wrote. */
export function readCursor(text: string, prefix: "gen" | "img"): Cursor | null {
  const match = /^(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z) ((?:gen|img)_[0-9a-z]{26})$/.exec(
    Buffer.from(text, "base64url").toString(),
  );
  const [, createdAt, id] = match ?? [];
  return createdAt && id?.startsWith(`${prefix}_`) && isInstant(createdAt) ? { createdAt, id } : null;
}

/** The 30th of February has the right form, and the database refuses it. */
function isInstant(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 19) === text.slice(0, 19);
}
