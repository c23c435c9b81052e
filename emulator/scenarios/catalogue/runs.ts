import { OUTPUT_FORMS } from "../../replicate/output-forms.ts";
import { rule, type Scenario, scenario } from "./scenario.ts";

const GROUP = "The run and its reads";
const RUN = "replicate.run";
const READS = ["replicate.get", "replicate.list"] as const;

const OUTPUT_SENTENCES: Record<(typeof OUTPUT_FORMS)[number], string> = {
  plain: "The output is what the model promises.",
  null: "Runs succeed with the output null.",
  empty: "Runs succeed with an empty list or string.",
  text: "Runs succeed with a sentence in place of an address.",
  object: "Runs succeed with an object in place of an address.",
  number: "Runs succeed with a number in place of an address.",
  "other-host": "Runs succeed with an address on a host that is not upstream's.",
  "too-many": "Runs succeed with five outputs too many.",
  "too-few": "Runs succeed with one output too few.",
  "other-shape": "Runs succeed with a list where a single address is promised, and the other way round.",
  "data-uri": "Runs succeed with a data URI in place of an address.",
  "local-file": "Runs succeed with a file: address.",
};

/** How a prediction's life can go wrong, and how reads can lie about it. */
export const RUN_SCENARIOS: readonly Scenario[] = [
  scenario(
    GROUP,
    "run-quick",
    "Runs take a tenth of a second.",
    rule(RUN, "pace", { starting: 20, processing: 80 }),
  ),
  scenario(
    GROUP,
    "run-slow",
    "Runs take half a minute.",
    rule(RUN, "pace", { starting: 5000, processing: 25_000 }),
  ),
  scenario(
    GROUP,
    "run-cold-start",
    "Runs wait a minute for a machine before they start.",
    rule(RUN, "pace", { starting: 60_000, processing: 3000 }),
  ),
  scenario(
    GROUP,
    "run-heavy-tail",
    "Runs are quick as a rule; one in ten takes a minute and a half.",
    rule(RUN, "pace", {
      starting: 150,
      processing: { medianMs: 1200, p90Ms: 3000, slowShare: 0.1, slowMs: 90_000 },
    }),
  ),
  scenario(
    GROUP,
    "run-starting-forever",
    "Runs never get a machine: they stay in starting.",
    rule(RUN, "hold", { phase: "starting" }),
  ),
  scenario(
    GROUP,
    "run-processing-forever",
    "Runs start and never come to an end.",
    rule(RUN, "hold", { phase: "processing" }),
  ),
  scenario(
    GROUP,
    "run-failed",
    "Runs fail with the model's out-of-memory error.",
    rule(RUN, "end", { status: "failed", error: "CUDA out of memory (E1001)" }),
  ),
  scenario(
    GROUP,
    "run-failed-safety",
    "Runs fail because the safety checker saw something in the picture.",
    rule(RUN, "end", {
      status: "failed",
      error: "NSFW content detected. Try running it again, or try a different prompt.",
    }),
  ),
  scenario(
    GROUP,
    "run-failed-sensitive",
    "Runs fail because the input or output was flagged as sensitive.",
    rule(RUN, "end", {
      status: "failed",
      error: "The input or output was flagged as sensitive. Please try again with different inputs. (E005)",
    }),
  ),
  scenario(
    GROUP,
    "run-failed-half",
    "Every other run fails.",
    rule(
      RUN,
      "end",
      { status: "failed", error: "Prediction interrupted; please retry (code: PA)" },
      { every: 2 },
    ),
  ),
  scenario(
    GROUP,
    "run-canceled-elsewhere",
    "Runs are canceled by somebody at upstream's own page.",
    rule(RUN, "end", { status: "canceled" }),
  ),
  scenario(
    GROUP,
    "run-aborted",
    "Runs are aborted before they start, and cost nothing.",
    rule(RUN, "end", { status: "aborted", phase: "starting" }),
  ),
  scenario(
    GROUP,
    "run-unknown-status",
    "Runs show a status no client knows, and fields no client knows, until they end.",
    rule(RUN, "odd-status", { status: "queued" }),
  ),
  scenario(
    GROUP,
    "run-unknown-end",
    "Runs end in a status no client knows.",
    rule(RUN, "end", { status: "paused" }),
  ),
  ...OUTPUT_FORMS.filter((form) => form !== "plain").map((form) =>
    scenario(GROUP, `output-${form}`, OUTPUT_SENTENCES[form], rule(RUN, "output", { form })),
  ),
  scenario(
    GROUP,
    "reads-lag",
    "Polls and lists show what was true five seconds ago; younger predictions are not there yet.",
    rule(READS, "lag", { seconds: 5 }),
  ),
  scenario(
    GROUP,
    "list-lags",
    "Lists leave out the predictions of the last twenty seconds.",
    rule("replicate.list", "lag", { seconds: 20 }),
  ),
  scenario(
    GROUP,
    "get-404",
    "Polls answer 404 for predictions that exist.",
    rule("replicate.get", "answer", {
      status: 404,
      json: { detail: "The requested resource could not be found.", status: 404 },
    }),
  ),
  scenario(
    GROUP,
    "get-500",
    "Polls answer 500.",
    rule("replicate.get", "answer", { status: 500, json: { detail: "Internal server error", status: 500 } }),
  ),
  scenario(
    GROUP,
    "get-429",
    "Polls are throttled.",
    rule("replicate.get", "answer", {
      status: 429,
      json: { detail: "Request was throttled. Your rate limit resets in ~3s.", status: 429, retry_after: 3 },
    }),
  ),
  scenario(GROUP, "get-silence", "Polls are never answered.", rule("replicate.get", "silence")),
  scenario(
    GROUP,
    "get-malformed",
    "Polls answer with JSON that does not parse.",
    rule("replicate.get", "body", { form: "malformed" }),
  ),
  scenario(
    GROUP,
    "get-wrong-types",
    "Polls answer with fields of other types.",
    rule("replicate.get", "body", { form: "wrong-types" }),
  ),
  scenario(
    GROUP,
    "data-removed",
    "Upstream has removed inputs, outputs and logs already.",
    rule(READS, "data-removed"),
  ),
  scenario(
    GROUP,
    "provider-down",
    "Every call to Replicate answers 503 with a page.",
    rule(
      ["replicate.create", "replicate.get", "replicate.list", "replicate.cancel", "replicate.other"],
      "answer",
      { status: 503, html: "503 Service Temporarily Unavailable" },
    ),
  ),
  scenario(
    GROUP,
    "cancel-too-late",
    "A cancel finds the run just succeeded.",
    rule("replicate.cancel", "cancel-loses"),
  ),
  scenario(
    GROUP,
    "cancel-ignored",
    "A cancel is acknowledged, but the run goes on to its end.",
    rule("replicate.cancel", "cancel-ignored"),
  ),
  scenario(
    GROUP,
    "cancel-404",
    "A cancel answers 404.",
    rule("replicate.cancel", "answer", {
      status: 404,
      json: { detail: "The requested resource could not be found.", status: 404 },
    }),
  ),
  scenario(
    GROUP,
    "cancel-409",
    "A cancel answers 409.",
    rule("replicate.cancel", "answer", {
      status: 409,
      json: { detail: "Prediction cannot be canceled.", status: 409 },
    }),
  ),
  scenario(
    GROUP,
    "cancel-500",
    "A cancel answers 500.",
    rule("replicate.cancel", "answer", {
      status: 500,
      json: { detail: "Internal server error", status: 500 },
    }),
  ),
  scenario(
    GROUP,
    "cancel-silence",
    "A cancel is carried out and never answered.",
    rule("replicate.cancel", "silence", { accepts: true }),
  ),
];
