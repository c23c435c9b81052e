import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";

/** As long as the provider may take to begin: it fetches the picture when it does. */
const ADDRESS_SECONDS = 600;

/** Where its owner sees a reference picture. */
export function referencePath(id: string): string {
  return `/img/reference/${id}`;
}

/** Where the provider fetches it, for ten minutes. Whoever has the address can. */
export function referenceAddress(
  { siteUrl, addressSecret }: { siteUrl: string; addressSecret: string },
  { id, nowMs }: { id: string; nowMs: number },
): string {
  const until = Math.floor(nowMs / 1000) + ADDRESS_SECONDS;
  const signature = sign(addressSecret, { id, until }).toString("base64url");
  return `${siteUrl}${referencePath(id)}?until=${until}&signature=${signature}`;
}

/** Whether an address of this picture is one of ours and still good. */
export function isReferenceAddress(
  addressSecret: string,
  { id, until, signature, nowMs }: { id: string; until: number; signature: string; nowMs: number },
): boolean {
  const wanted = sign(addressSecret, { id, until });
  const given = Buffer.from(signature, "base64url");
  return given.length === wanted.length && timingSafeEqual(given, wanted) && nowMs < until * 1000;
}

/** The secret signs other things, too: what is signed here can be nothing else. */
function sign(secret: string, { id, until }: { id: string; until: number }): Buffer {
  return createHmac("sha256", secret).update(`reference picture ${id} until ${until}`).digest();
}
