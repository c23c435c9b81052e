import "server-only";
/** Where pictures live. Keys are ours: lower-case path segments, never a person's text. */
export type Storage = {
  /** Stores whole or not at all; the same key again replaces it. */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** The bytes as a stream, null when there is none. */
  get(key: string): Promise<StoredObject | null>;
  /** How many bytes there are, null when there is none. */
  sizeOf(key: string): Promise<number | null>;
  /**
   * A page of what lies below a folder (`outputs/`), in the order of the keys, behind `after`; "" begins at the first. What
   * was put there by others is told of, too.
   */
  list(page: { folder: string; after: string; limit: number }): Promise<ObjectPage>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  /** Throws when nothing could be stored now. */
  check(): Promise<void>;
};

export type StoredObject = { body: ReadableStream<Uint8Array>; sizeBytes: number };

/** `writtenAt` is by the storage's own clock. */
type ListedObject = { key: string; writtenAt: Date };

export type ObjectPage = {
  objects: ListedObject[];
  /** Behind what the next page lies; null when this was the last. */
  next: string | null;
};
