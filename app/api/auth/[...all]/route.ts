import { getAuth } from "@/lib/auth";
import { allowOnly } from "@/lib/http/allow-only";
import { readBodyText } from "@/lib/http/read-body";
import { route } from "@/lib/http/route";

const BODY_BYTES_MAX = 64_000;

/** Better Auth's own routes: sign-up, sign-in, sign-out, session. It reads a body of any size, so it gets one that was read. */
const handle = route({ auth: "anybody" }, async ({ request }) => {
  if (request.method !== "POST") {
    return getAuth().handler(request);
  }
  const body = await readBodyText(request, BODY_BYTES_MAX);
  return getAuth().handler(
    new Request(request.url, { method: request.method, headers: request.headers, body }),
  );
});

export { handle as GET, handle as POST };

export const { PUT, PATCH, DELETE, OPTIONS } = allowOnly("GET", "POST");
