import { createHash } from "node:crypto";
import type { FileRecord, PredictionRecord } from "../books/records.ts";
import { type Exchange, noteFault } from "../core/exchange.ts";
import { numberField, stringField } from "../core/json.ts";
import { emptyReply, type Reply, textReply } from "../core/reply.ts";
import { bearerToken, type WireRequest } from "../core/request.ts";
import type { World } from "../core/world.ts";
import { orderOf } from "../replicate/inline-output.ts";
import { isDataRemoved } from "../replicate/prediction-view.ts";
import { withHttpFaults } from "../scenarios/http-faults.ts";
import { type OddFile, oddFile } from "./odd-files.ts";

const PATH = /^\/delivery\/[\w-]+\/([\w-]+)\/out-(\d+)\.(webp|jpg|png)$/;

/** GET /delivery/{shard}/{token}/out-{n}.{format}: an output file, until an hour after its run. */
export async function deliver(world: World, request: WireRequest, exchange: Exchange): Promise<Reply> {
  exchange.operation = "delivery.get";
  exchange.via = "delivery";
  const [, token = "", digits = "0", extension = ""] = PATH.exec(request.path) ?? [];
  const record = findRecord(world, token);
  exchange.predictionId = record?.id ?? "";
  exchange.model = record?.model ?? "";
  const actions = world.faults.strike({
    operation: "delivery.get",
    method: request.method,
    path: request.path,
    model: record?.model ?? "",
    prompt: record?.prompt ?? "",
  });
  for (const { scenario } of actions) {
    noteFault(exchange, scenario);
  }
  const index = Number(digits);
  return withHttpFaults(world, actions, async () => {
    if (record === undefined || extension !== record.extension || isGone(world, record)) {
      return textReply(404, "Not Found");
    }
    if (
      world.settings.replicate.filesNeedAuthorization &&
      bearerToken(request.headers.get("authorization")) === undefined
    ) {
      return textReply(401, "Unauthorized");
    }
    const picture = await world.pictures.draw(orderOf(record, index));
    const action = actions.find(({ kind }) => kind === "file");
    const file: OddFile =
      action === undefined
        ? picture
        : oddFile(
            picture,
            stringField(action.parameters, "form") ?? "html",
            numberField(action.parameters, "bytes"),
          );
    return fileReply(world, request, record, { name: `out-${index}.${extension}`, file });
  });
}

function findRecord(world: World, token: string): PredictionRecord | undefined {
  return token === "" ? undefined : world.books.findByFileToken(token);
}

function isGone(world: World, record: PredictionRecord): boolean {
  const hasOutput = record.outputAtMs !== null;
  return !hasOutput || isDataRemoved(world, record, world.clock.nowMs());
}

function fileReply(
  world: World,
  request: WireRequest,
  record: PredictionRecord,
  served: { name: string; file: OddFile },
): Reply {
  const { file, name } = served;
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  const headers: Record<string, string> = {
    "content-type": file.type,
    "accept-ranges": "bytes",
    "cache-control": "public, max-age=3600",
    etag: `"${sha256.slice(0, 32)}"`,
    ...file.headers,
  };
  const entry: FileRecord = {
    wallMs: world.clock.wallMs(),
    predictionId: record.id,
    name,
    status: 200,
    type: file.type,
    bytes: file.totalBytes ?? file.bytes.length,
    sha256,
    isWhole: request.method === "GET",
  };
  const range = rangeOf(request.headers.get("range"), file.bytes.length);
  if (file.totalBytes !== undefined) {
    world.books.recordFile(entry);
    const stream = repeated(file.bytes, file.totalBytes);
    return {
      status: 200,
      headers: { ...headers, "content-length": String(file.totalBytes) },
      body: Buffer.alloc(0),
      stream,
    };
  }
  if (range === "unsatisfiable") {
    return emptyReply(416, { "content-range": `bytes */${file.bytes.length}` });
  }
  if (range === undefined) {
    world.books.recordFile(entry);
    return { status: 200, headers, body: file.bytes };
  }
  const part = file.bytes.subarray(range.start, range.end + 1);
  world.books.recordFile({ ...entry, status: 206, bytes: part.length, isWhole: false });
  const contentRange = `bytes ${range.start}-${range.end}/${file.bytes.length}`;
  return { status: 206, headers: { ...headers, "content-range": contentRange }, body: part };
}

function rangeOf(
  header: string | undefined,
  length: number,
): { start: number; end: number } | "unsatisfiable" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) {
    return undefined;
  }
  const suffix = match[1] === "" ? Number(match[2]) : undefined;
  const start = suffix === undefined ? Number(match[1]) : Math.max(0, length - suffix);
  const end = suffix !== undefined || match[2] === "" ? length - 1 : Math.min(length - 1, Number(match[2]));
  return start > end || start >= length ? "unsatisfiable" : { start, end };
}

async function* repeated(bytes: Buffer, totalBytes: number): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < totalBytes; sent += bytes.length) {
    yield bytes.subarray(0, totalBytes - sent);
  }
}
