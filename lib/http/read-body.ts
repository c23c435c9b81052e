import "server-only";
import { AppError } from "@/lib/errors";

/** Longer than any honest line needs for 64 kB. A sender of one byte a second holds nothing for longer. */
const BODY_MS_MAX = 8_000;

/** A request's body as text, never more than `bytesMax` of it in memory. Throws AppError. */
export async function readBodyText(request: Request, bytesMax: number): Promise<string> {
  const bytes = await readBodyBytes(request, { bytesMax, msMax: BODY_MS_MAX });
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw badBody("the body is not UTF-8", "must be UTF-8 text", cause);
  }
}

/** A request's body as it is, never more than `bytesMax` of it in memory, within `msMax`. Throws AppError. */
export async function readBodyBytes(
  request: Request,
  { bytesMax, msMax }: { bytesMax: number; msMax: number },
): Promise<Uint8Array> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > bytesMax) {
    throw new AppError("payload_too_large", "the announced body is too large");
  }
  if (!request.body) {
    return new Uint8Array();
  }
  const reader = request.body.getReader();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    reader.cancel().catch(() => {});
  }, msMax);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.byteLength;
      if (size > bytesMax) {
        throw new AppError("payload_too_large", "the body is too large");
      }
      chunks.push(read.value);
    }
  } catch (cause) {
    // The sender left in the middle: the answer goes nowhere, and it is no fault of ours.
    throw cause instanceof AppError ? cause : badBody("the body broke off", "broke off", cause);
  } finally {
    clearTimeout(timer);
  }
  if (isLate) {
    throw badBody("the body came too slowly", "did not arrive in time");
  }
  return Buffer.concat(chunks);
}

function badBody(message: string, issue: string, cause?: unknown): AppError {
  return new AppError("invalid_request", message, { issues: [{ path: "", message: issue }], cause });
}
