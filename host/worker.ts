/**
 * The Worker: OpenNext's handler, the cron trigger, and the bindings in the form of the variables that env.mjs reads.
 * Wrangler bundles it (wrangler.toml, `main`); nothing else imports it.
 */
import site from "open-next-worker";

type Env = Record<string, unknown> & {
  HYPERDRIVE: { connectionString: string };
  CRON_SECRET?: string;
  NEXT_PUBLIC_SITE_URL: string;
};

type Context = { waitUntil(work: Promise<unknown>): void };

/** The trigger fires once a minute; a sweep goes on until the next one. */
const SWEEPING_SECONDS = 60;

const withDatabase = (env: Env) => ({ ...env, DATABASE_URL: env.HYPERDRIVE.connectionString });

/**
 * OpenNext reads a body whole before any route sees it. This much is more than the route takes, so what is cut off here
 * is refused there, with the answer that it would have had anyway.
 */
const BODY_BYTES_MAX = 1_100_000;
/** Pictures are handed in there. */
const PICTURES_PATH = "/api/references";
const PICTURE_BYTES_MAX = 10_100_000;

function withShortBody(request: Request, pathname: string): Request {
  if (!request.body) {
    return request;
  }
  const bytesMax = pathname === PICTURES_PATH ? PICTURE_BYTES_MAX : BODY_BYTES_MAX;
  let size = 0;
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (size < bytesMax) {
        controller.enqueue(chunk.subarray(0, bytesMax - size));
      }
      // The rest is read and dropped; Cloudflare lets no body be larger than 100 MB.
      size += chunk.byteLength;
    },
  });
  return new Request(request, { method: request.method, body: request.body.pipeThrough(cut) });
}

export default {
  fetch(request: Request, env: Env, context: Context): Promise<Response> | Response {
    const { pathname } = new URL(request.url);
    // OpenNext's image proxy would fetch any address for anybody; pictures come from /img/{id} alone.
    if (pathname.startsWith("/cdn-cgi/") || pathname.startsWith("/_next/image")) {
      return new Response(null, { status: 404 });
    }
    return site.fetch(withShortBody(request, pathname), withDatabase(env), context);
  },

  async scheduled(_event: unknown, env: Env, context: Context): Promise<void> {
    const url = new URL(`/api/cron/sweep?seconds=${SWEEPING_SECONDS}`, env.NEXT_PUBLIC_SITE_URL);
    const headers = { authorization: `Bearer ${env.CRON_SECRET}` };
    const request = new Request(url, { method: "POST", headers });
    const response = await site.fetch(request, withDatabase(env), context);
    // Left unread, it would keep its connection.
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`a sweep answered ${response.status}: ${text.slice(0, 300)}`);
    }
  },
};
