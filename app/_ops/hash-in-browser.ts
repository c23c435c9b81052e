import { plainCode } from "@/lib/credits/new-code";

/** The hash by which the server will know a code, in hexadecimal. */
export async function hashInBrowser(code: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(plainCode(code)));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
