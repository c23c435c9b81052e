import { isRecord, parseJson } from "@/app/_data/json";

export type AuthAnswer =
  | { kind: "ok"; body: unknown }
  /** `code` is Better Auth's word for what is wrong. */
  | { kind: "refused"; status: number; code: string }
  | { kind: "unanswered" };

/** One request to Better Auth's own routes, which have their own shape of errors. */
export async function callAuth(route: string, body: Record<string, string | boolean>): Promise<AuthAnswer> {
  try {
    const response = await fetch(`/api/auth/${route}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const value = parseJson(await response.text());
    if (response.ok) {
      return { kind: "ok", body: value };
    }
    const code = isRecord(value) && typeof value.code === "string" ? value.code : "";
    return { kind: "refused", status: response.status, code };
  } catch {
    return { kind: "unanswered" };
  }
}
