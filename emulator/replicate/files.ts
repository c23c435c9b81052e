import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject, parseJson } from "../core/json.ts";
import type { ProviderCall } from "../core/provider.ts";
import { emptyReply, jsonReply, type Reply } from "../core/reply.ts";
import type { World } from "../core/world.ts";
import { invalidInput, notFound } from "./errors.ts";

interface StoredFile {
  view: JsonObject;
  expiresAtMs: number;
}

// Replicate's documentation: files of up to 100 MiB, kept for 24 hours.
const FILE_BYTES_MAX = 100 * 1024 * 1024;
const KEPT_MS = 24 * 60 * 60 * 1000;
const FILES_MAX = 1000;

/** The account's uploads. Their bytes are hashed and let go: no model here ever reads them. */
export class Files {
  readonly #world: World;
  readonly #files = new Map<string, StoredFile>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Answers POST and GET /files, GET and DELETE /files/{id}. */
  async handle(call: ProviderCall): Promise<Reply> {
    const id = call.path.split("/")[2];
    if (call.method === "POST" && id === undefined) {
      return this.#upload(call);
    }
    if (call.method === "GET" && id === undefined) {
      const results = [...this.#files.values()].filter((file) => this.#isKept(file)).map(({ view }) => view);
      return jsonReply(200, { next: null, previous: null, results: results.reverse() });
    }
    const file = this.#files.get(id ?? "");
    if (file === undefined || !this.#isKept(file)) {
      return notFound();
    }
    if (call.method === "DELETE") {
      this.#files.delete(id ?? "");
      return emptyReply(204);
    }
    return call.method === "GET" ? jsonReply(200, file.view) : notFound();
  }

  #isKept(file: StoredFile): boolean {
    return file.expiresAtMs > this.#world.clock.nowMs();
  }

  async #upload(call: ProviderCall): Promise<Reply> {
    const form = await readForm(call);
    const content = form?.get("content");
    if (!(content instanceof File)) {
      return invalidInput([{ type: "required", field: "", description: "content is required" }]);
    }
    if (content.size > FILE_BYTES_MAX) {
      return jsonReply(413, { detail: "File is larger than 100 MiB", status: 413 });
    }
    const bytes = Buffer.from(await content.arrayBuffer());
    const id = this.#world.identifiers.fileToken();
    const wallMs = this.#world.clock.wallMs();
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const view: JsonObject = {
      id,
      name: content.name,
      content_type: content.type === "" ? "application/octet-stream" : content.type,
      size: content.size,
      etag: sha256.slice(0, 32),
      checksums: { sha256, md5: createHash("md5").update(bytes).digest("hex") },
      metadata: await readMetadata(form?.get("metadata") ?? null),
      created_at: new Date(wallMs).toISOString(),
      expires_at: new Date(wallMs + KEPT_MS).toISOString(),
      urls: { get: `${this.#world.baseUrl}/replicate/v1/files/${id}` },
    };
    this.#files.set(id, { view, expiresAtMs: this.#world.clock.nowMs() + KEPT_MS });
    const oldest = this.#files.keys().next().value;
    if (this.#files.size > FILES_MAX && oldest !== undefined) {
      this.#files.delete(oldest);
    }
    return jsonReply(201, view);
  }
}

async function readForm(call: ProviderCall): Promise<FormData | undefined> {
  const type = call.headers.get("content-type") ?? "";
  try {
    return await new Response(new Uint8Array(call.body), { headers: { "content-type": type } }).formData();
  } catch {
    return undefined;
  }
}

async function readMetadata(part: FormDataEntryValue | null): Promise<JsonObject> {
  const value = parseJson(part instanceof File ? await part.text() : (part ?? ""));
  return isJsonObject(value) ? value : {};
}
