const STARTED_AT = "SUNPRINT_STARTED_AT";
const HEARTBEAT_MS = 10_000;

/** The launcher changes processes once (to the pinned Node); the seconds shown count from the first of them. */
const startedAtMs = Number(process.env[STARTED_AT] ?? Date.now());
process.env[STARTED_AT] = String(startedAtMs);

const colourful = process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb";

/** One calm line: elapsed seconds, then what has just become true. @param {string} sentence */
export function say(sentence) {
  const seconds = `${((Date.now() - startedAtMs) / 1000).toFixed(1).padStart(6)} s`;
  process.stdout.write(`${paint("2", seconds)}  ${sentence}\n`);
}

/** The one line that matters. @param {string} sentence */
export function sayReady(sentence) {
  say(paint("1;36", sentence));
}

/** @param {string} sentence @param {string} [details] */
export function sayProblem(sentence, details) {
  process.stderr.write(`\n${paint("31", sentence, process.stderr)}\n`);
  if (details) {
    process.stderr.write(`\n${details.trimEnd()}\n`);
  }
}

/**
 * Says what is being waited for, and every ten seconds that it still is.
 * @template T
 * @param {string} sentence
 * @param {() => Promise<T>} work
 * @param {() => string} [detail] how far it has come, for the later lines
 * @returns {Promise<T>}
 */
export async function sayWhile(sentence, work, detail = () => "still working") {
  say(sentence);
  const heartbeat = setInterval(() => say(`  … ${detail()}`), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
  }
}

/** @param {string} code @param {string} text @param {{ isTTY?: boolean }} [stream] */
function paint(code, text, stream = process.stdout) {
  return colourful && stream.isTTY ? `\u001b[${code}m${text}\u001b[0m` : text;
}
