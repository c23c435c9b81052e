import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, type JsonObject, parseJson } from "./json.ts";

const FILE_NAME = "journal.jsonl";
const COMPACT_BYTES = 48 * 1024 * 1024;

/**
 * An append-only file of JSON lines. Each line is written with one system call before the answer that
 * depends on it goes out, so a killed process loses nothing it had said; a half-written last line is
 * skipped when the file is read back.
 */
export class Journal {
  readonly #path: string;
  #descriptor: number;
  #bytes = 0;

  private constructor(path: string) {
    this.#path = path;
    this.#descriptor = openSync(path, "a");
  }

  /** Opens or creates the journal in a folder. */
  static open(directory: string): Journal {
    mkdirSync(directory, { recursive: true });
    return new Journal(join(directory, FILE_NAME));
  }

  /** Every whole line, in the order in which it was written. */
  read(): JsonObject[] {
    const lines: JsonObject[] = [];
    for (const line of readFileSync(this.#path, "utf8").split("\n")) {
      const value = line === "" ? undefined : parseJson(line);
      if (isJsonObject(value)) {
        lines.push(value);
      }
    }
    return lines;
  }

  /** Adds one line. */
  append(entry: JsonObject): void {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    writeSync(this.#descriptor, line);
    this.#bytes += line.length;
  }

  /** Whether enough was appended since the last compaction to be worth another. */
  get isLong(): boolean {
    return this.#bytes > COMPACT_BYTES;
  }

  /** Replaces the file by the lines given, in one step that a crash cannot cut in two. */
  compact(entries: Iterable<JsonObject>): void {
    const draft = `${this.#path}.new`;
    const descriptor = openSync(draft, "w");
    for (const entry of entries) {
      writeSync(descriptor, `${JSON.stringify(entry)}\n`);
    }
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(draft, this.#path);
    closeSync(this.#descriptor);
    this.#descriptor = openSync(this.#path, "a");
    this.#bytes = 0;
  }

  /** Lets go of the file. */
  close(): void {
    closeSync(this.#descriptor);
  }
}
