import { createHash } from "node:crypto";

const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";

function base32(text: string, length: number): string {
  const digest = createHash("sha256").update(text).digest();
  let letters = "";
  for (let index = 0; index < length; index += 1) {
    letters += CROCKFORD.charAt((digest[index % digest.length] ?? 0) & 31);
  }
  return letters;
}

/**
 * Identifiers that look as upstream's do and repeat with the seed. The ordinal is journalled, so a
 * restart goes on counting and never hands out an identifier twice.
 */
export class Identifiers {
  readonly #seed: string;
  #ordinal = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  get ordinal(): number {
    return this.#ordinal;
  }

  /** Goes on from an ordinal read back from a journal. */
  restore(ordinal: number): void {
    this.#ordinal = Math.max(this.#ordinal, ordinal);
  }

  #next(purpose: string): string {
    this.#ordinal += 1;
    return `${this.#seed}\u0000${purpose}\u0000${this.#ordinal}`;
  }

  /** 26 lower-case Crockford letters and digits, as newer Replicate predictions have. */
  predictionId(): string {
    return base32(this.#next("prediction"), 26);
  }

  /** A path segment of an output file's address. */
  fileToken(): string {
    return createHash("sha256").update(this.#next("file")).digest("base64url").slice(0, 43);
  }

  /** A webhook message id; the prefix is the one of the Standard Webhooks examples. */
  messageId(): string {
    return `msg_${createHash("sha256").update(this.#next("message")).digest("base64url").replaceAll(/[-_]/g, "x").slice(0, 27)}`;
  }

  /** A ULID for a gateway log row, as seen in cf-aig-log-id: ten letters of time, sixteen of chance. */
  ulid(wallMs: number): string {
    let time = "";
    for (let rest = wallMs, index = 0; index < 10; index += 1) {
      time = CROCKFORD.charAt(rest % 32) + time;
      rest = Math.floor(rest / 32);
    }
    return `${time}${base32(this.#next("log"), 16)}`.toUpperCase();
  }

  /** A Gemini responseId: 23 URL-safe letters. */
  responseId(): string {
    return createHash("sha256").update(this.#next("response")).digest("base64url").slice(0, 23);
  }

  /** A UUID-shaped trace id, for cf-aig-event-id. */
  traceId(): string {
    const hex = createHash("sha256").update(this.#next("trace")).digest("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }
}
