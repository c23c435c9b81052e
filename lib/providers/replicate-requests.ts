import "server-only";
import Replicate from "replicate";
import type { BuiltRequest } from "@/lib/upstream/call";

/**
 * The official client writes the requests of one account through one gateway; it never sends one. Its own loop would
 * fire a create up to six times within 100 ms, so its fetch only takes notes and answers an empty success.
 * Without a token the gateway holds the key and no Authorization is sent.
 */
export class ReplicateRequests {
  readonly #client: Replicate;
  #noted: BuiltRequest | undefined;

  constructor({ baseUrl, token }: { baseUrl: string; token: string | undefined }) {
    const answer = new Response();
    this.#client = new Replicate({
      // An empty value would make the client read the environment by itself.
      auth: token ?? "held-by-the-gateway",
      baseUrl,
      useFileOutput: false,
      fetch: async (url, init) => {
        const headers = toLowerCaseNames(init?.headers);
        if (token === undefined) {
          delete headers.authorization;
        }
        this.#noted = {
          method: init?.method === "POST" ? "POST" : "GET",
          url: url instanceof Request ? url.url : url.toString(),
          headers,
          body: typeof init?.body === "string" ? init.body : undefined,
        };
        return answer;
      },
    });
  }

  /**
   * The request for a path of Replicate's API, such as `/predictions`. By the client's `request`, as its
   * `predictions.create` looks through the input for files to upload, and ours has none.
   */
  async write(method: "GET" | "POST", path: string, data?: object): Promise<BuiltRequest> {
    const written = this.#client.request(path, { method, ...(data ? { data } : {}) });
    // It asks its fetch before it first waits, so what was noted is of this request, however many there are.
    const noted = this.#noted;
    this.#noted = undefined;
    await written;
    if (!noted) {
      throw new Error("the client asked for nothing");
    }
    return noted;
  }
}

function toLowerCaseNames(headers: HeadersInit | undefined): Record<string, string> {
  const named: Record<string, string> = {};
  const entries =
    headers instanceof Headers || Array.isArray(headers) ? [...headers] : Object.entries(headers ?? {});
  for (const [name, value] of entries) {
    named[name.toLowerCase()] = String(value);
  }
  return named;
}
