import { isJsonObject, parseJson } from "../core/json.ts";
import { htmlReply, jsonReply, type Reply } from "../core/reply.ts";

/** The ways a good answer's body can be spoilt while its status stays what it was. */
export const BODY_FORMS = [
  "empty",
  "html",
  "malformed",
  "missing-id",
  "wrong-types",
  "null",
  "array",
  "huge",
  "deep",
  "not-utf8",
  "unknown-fields",
  "proto",
] as const;

const HUGE_BYTES = 50 * 1024 * 1024;
const DEPTH = 10_000;

/** The reply with its body spoilt; an unknown form leaves it as it is. */
export function spoilBody(reply: Reply, form: string, bytes = HUGE_BYTES): Reply {
  const json = parseJson(reply.body.toString("utf8"));
  const fields = isJsonObject(json) ? json : {};
  const withBody = (body: Buffer): Reply => ({ ...reply, body });
  switch (form) {
    case "empty":
      return withBody(Buffer.alloc(0));
    case "html":
      return {
        ...htmlReply(reply.status, "200 OK", "The page you expected is elsewhere."),
        status: reply.status,
      };
    case "malformed":
      return withBody(Buffer.from(reply.body.toString("utf8").replace(/^\{/, "{,").replace(/"$/, "")));
    case "missing-id": {
      const { id: _, ...rest } = fields;
      return jsonReply(reply.status, rest, reply.headers);
    }
    case "wrong-types":
      return jsonReply(
        reply.status,
        { ...fields, id: 42, status: ["starting"], urls: "none", output: { file: 1 }, error: false },
        reply.headers,
      );
    case "null":
      return withBody(Buffer.from("null"));
    case "array":
      return jsonReply(reply.status, [fields], reply.headers);
    case "huge":
      return jsonReply(reply.status, { ...fields, logs: "x".repeat(bytes) }, reply.headers);
    case "deep":
      return withBody(Buffer.from(`${'{"a":'.repeat(DEPTH)}1${"}".repeat(DEPTH)}`));
    case "not-utf8":
      return withBody(
        Buffer.concat([reply.body.subarray(0, -1), Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x7d])]),
      );
    case "unknown-fields":
      return jsonReply(
        reply.status,
        { ...fields, priority: "high", region: { name: "elsewhere" }, attempts: [1] },
        reply.headers,
      );
    case "proto": {
      const text = JSON.stringify(fields).replace(
        /^\{/,
        '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
      );
      return withBody(Buffer.from(text));
    }
    default:
      return reply;
  }
}
