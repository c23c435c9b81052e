const PREFIXES = {
  user: "usr",
  generation: "gen",
  image: "img",
  reference: "ref",
  request: "req",
  call: "call",
} as const;

/** Crockford's alphabet: no letter that reads like a digit. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;
/** Random bytes are asked for by the hundred ids: asking costs the same however many. */
const POOL_LENGTH = RANDOM_LENGTH * 128;

let pool: Uint8Array<ArrayBuffer> | undefined;
let poolAt = 0;

/**
 * A new id such as `gen_01jd8x…`: the time first, so that new rows sit together in an index, then 80 random bits, so
 * that nobody guesses a neighbour.
 */
export function newId(kind: keyof typeof PREFIXES): string {
  let random = "";
  for (let index = 0; index < RANDOM_LENGTH; index++) {
    random += ALPHABET.charAt(nextRandomByte() % 32);
  }
  return `${idFloor(kind, Date.now())}${random}`;
}

/** What every id of this moment or later is at least: a window of time is a range of the primary key. */
export function idFloor(kind: keyof typeof PREFIXES, timeMs: number): string {
  let rest = timeMs;
  let time = "";
  for (let index = 0; index < TIME_LENGTH; index++) {
    time = ALPHABET.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  return `${PREFIXES[kind]}_${time}`;
}

/** Each byte is handed out once. */
function nextRandomByte(): number {
  if (pool === undefined || poolAt === POOL_LENGTH) {
    pool = crypto.getRandomValues(pool ?? new Uint8Array(POOL_LENGTH));
    poolAt = 0;
  }
  return pool[poolAt++] ?? 0;
}
