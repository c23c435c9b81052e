/** The JSON types of an action's parameters. */
type ParameterType = "number" | "string" | "boolean" | "any";

/**
 * Every kind of action with the parameters it takes. `accepts: true` means that upstream does the work
 * (a prediction exists, a run is billed) before the answer goes wrong; without it nothing was done.
 */
export const ACTION_KINDS = {
  /** Waits before anything happens: `milliseconds`, or a `latency` distribution. */
  delay: { milliseconds: "number", latency: "any" },
  /** Answers this instead: one of `json`, `text` or `html`. */
  answer: {
    status: "number",
    json: "any",
    text: "string",
    html: "string",
    type: "string",
    headers: "any",
    accepts: "boolean",
  },
  /** Never answers; with `headersFirst` the status line and headers do arrive. */
  silence: { accepts: "boolean", headersFirst: "boolean" },
  /** Breaks the connection without an answer. */
  reset: { accepts: "boolean" },
  /** Promises the whole length, sends a fraction, breaks the connection. */
  truncate: { fraction: "number" },
  /** Sends a fraction of the body and then nothing more. */
  stall: { fraction: "number" },
  /** Sends so many bytes a second. */
  drip: { bytesPerSecond: "number" },
  /** Adds or replaces response headers. */
  headers: { set: "any" },
  /** Spoils a good body; see BODY_FORMS. */
  body: { form: "string", bytes: "number" },
  /** The gateway answers with an error of its own, by name; see GATEWAY_ERRORS. */
  "gateway-error": { name: "string" },
  /** The gateway repeats the call so many times more and answers with the last reply. */
  "gateway-duplicate": { copies: "number" },
  /** The gateway answers with what it answered to the last call of this operation, marked HIT. */
  "gateway-cached-reply": {},
  /** Replicate shows what was true so many seconds ago; what is younger does not exist yet. */
  lag: { seconds: "number" },
  /** Replicate has removed input, output and logs already. */
  "data-removed": {},
  /** The run ends this way, in the starting or processing phase. */
  end: { status: "string", error: "string", phase: "string", afterMs: "number" },
  /** The run stays in a phase for ever (until canceled or past its deadline). */
  hold: { phase: "string" },
  /** The run keeps to these latencies. */
  pace: { starting: "any", processing: "any" },
  /** The run's output takes an odd form; see OUTPUT_FORMS. */
  output: { form: "string" },
  /** The run shows a status no client knows until it ends, and a field no client knows. */
  "odd-status": { status: "string" },
  /** The cancel comes too late: the run has just succeeded. */
  "cancel-loses": {},
  /** The cancel is answered as done, but the run goes on to its end. */
  "cancel-ignored": {},
  /** The webhooks of these stages arrive before the create is answered. */
  "early-webhook": { completed: "boolean" },
  /** The delivery is lost: all of it, or only its first tries. */
  drop: { tries: "number" },
  /** The delivery arrives again so many times, one after the other or at once. */
  duplicate: { copies: "number", atOnce: "boolean" },
  /** The delivery is held back until a later one of the same prediction has gone out. */
  swap: {},
  /** The delivery is signed wrongly; see FORGERIES. */
  forge: { how: "string" },
  /** The delivery's timestamp is off by so many seconds. */
  skew: { seconds: "number" },
  /** The delivery goes to the address of the previous other prediction. */
  misdirect: {},
  /** The delivery is about a prediction nobody made here. */
  stranger: {},
  /** A second terminal delivery says the opposite. */
  contradict: {},
  /** The same bytes arrive again so many seconds later, with the old timestamp and signature. */
  replay: { afterSeconds: "number" },
  /** The delivery's body is odd though validly signed; see PAYLOAD_FORMS. */
  payload: { form: "string" },
  /** The output file is not what it says; see FILE_FORMS. */
  file: { form: "string", bytes: "number" },
  /** Gemini's answer takes one of its awkward shapes; see GEMINI_FORMS. */
  gemini: { form: "string" },
  /** Gemini's stream goes wrong on the way; see STREAM_FORMS. */
  stream: { form: "string" },
} as const satisfies Record<string, Record<string, ParameterType>>;

export type ActionKind = keyof typeof ACTION_KINDS;

/** Whether a word names a kind of action. */
export function isActionKind(word: string): word is ActionKind {
  return Object.hasOwn(ACTION_KINDS, word);
}
