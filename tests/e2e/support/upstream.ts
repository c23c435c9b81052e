import { z } from "zod";

const Books = z.object({
  predictions: z.array(
    z.looseObject({ id: z.string(), status: z.string(), input: z.looseObject({ prompt: z.string() }) }),
  ),
  webhooks: z.array(
    z.looseObject({ predictionId: z.string(), url: z.string(), body: z.string(), state: z.string() }),
  ),
});
const Faults = z.object({ active: z.array(z.object({ id: z.string() })) });

type Action = { kind: string } & Record<string, unknown>;

/** Milliseconds as people would wait; the emulator divides them by its speed. */
export type Pace = { starting: number; processing: number };
const LINGERING: Pace = { starting: 4_000, processing: 60_000 };

/**
 * The emulator that all journeys share. Every fault strikes only the prompts of the journey that asked for it, because
 * others run at the same time.
 */
export class Upstream {
  readonly #url: string;
  readonly #faultIds: string[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  /** Runs of this prompt take so long. */
  pace(prompt: string, pace: Pace): Promise<void> {
    return this.#bend(prompt, { kind: "pace", ...pace });
  }

  /** Runs of this prompt can be seen on their way, by a slow machine too: for eight seconds of the tests'. */
  linger(prompt: string): Promise<void> {
    return this.pace(prompt, LINGERING);
  }

  /** Runs of this prompt start and never end by themselves. */
  hold(prompt: string): Promise<void> {
    return this.#bend(prompt, { kind: "hold", phase: "processing" });
  }

  /** Creates of this prompt are put off for a minute: whoever asked stands in line. */
  keepInLine(prompt: string): Promise<void> {
    const json = { detail: "Request was throttled.", status: 429 };
    const answer = { kind: "answer", status: 429, json, headers: { "retry-after": "60" } };
    return this.#bend(prompt, answer, "replicate.create");
  }

  /** Runs of this prompt do not end, and to a cancel they say that they have just succeeded. */
  async outrunCancel(prompt: string): Promise<void> {
    await this.hold(prompt);
    await this.#bend(prompt, { kind: "cancel-loses" });
  }

  /** Runs of this prompt fail with the provider's words. */
  fail(prompt: string, error: string): Promise<void> {
    return this.#bend(prompt, { kind: "end", status: "failed", error });
  }

  /** Creates of this prompt are answered as by the gateway's guardrails, and no provider has heard of them. */
  stopBefore(prompt: string): Promise<void> {
    const message = "Prompt blocked due to security configurations";
    const json = { success: false, result: [], messages: [], error: [{ code: 2016, message }] };
    return this.#bend(prompt, { kind: "answer", status: 424, json }, "replicate.create");
  }

  /** Creates of this prompt are refused for one of their fields. */
  refuse(prompt: string, field: string): Promise<void> {
    const json = {
      title: "Input validation failed",
      detail: `- ${field}: is not accepted`,
      status: 422,
      invalid_fields: [{ type: "format", field, description: "is not accepted" }],
    };
    return this.#bend(prompt, { kind: "answer", status: 422, json }, "replicate.create");
  }

  /** Creates of this prompt find no model: it was taken away upstream. */
  takeModelAway(prompt: string): Promise<void> {
    const json = { detail: "The requested resource could not be found.", status: 404 };
    return this.#bend(prompt, { kind: "answer", status: 404, json }, "replicate.create");
  }

  /** This prompt is translated by nobody. */
  withholdTranslation(prompt: string): Promise<void> {
    const json = { promptFeedback: { blockReason: "SAFETY" } };
    return this.#bend(prompt, { kind: "answer", status: 200, json }, "gemini.generate");
  }

  /** The files of this prompt cannot be fetched for now. */
  withholdFiles(prompt: string): Promise<void> {
    return this.#bend(prompt, { kind: "answer", status: 503, text: "Not now" }, "delivery.get");
  }

  /** Every other run of this prompt brings one picture too few. */
  bringTooFew(prompt: string): Promise<void> {
    return this.#bend(prompt, { kind: "output", form: "too-few" });
  }

  /** The files of this prompt's pictures are asked for and never come. */
  stallFiles(prompt: string): Promise<void> {
    return this.#bend(prompt, { kind: "silence" }, "delivery.get");
  }

  /** No webhook about this prompt arrives. */
  loseWebhooks(prompt: string): Promise<void> {
    return this.#bend(prompt, { kind: "drop" });
  }

  /** The predictions that were created for a prompt. */
  async predictionsOf(prompt: string): Promise<z.infer<typeof Books>["predictions"]> {
    const { predictions } = await this.#books();
    return predictions.filter(({ input }) => input.prompt === prompt);
  }

  /** The webhooks about a prompt, with what became of them: `delivered`, `dropped`, `pending`. */
  async webhooksOf(prompt: string): Promise<z.infer<typeof Books>["webhooks"]> {
    const { predictions, webhooks } = await this.#books();
    const ids = new Set(predictions.filter(({ input }) => input.prompt === prompt).map(({ id }) => id));
    return webhooks.filter(({ predictionId }) => ids.has(predictionId));
  }

  /** Takes back the faults of this journey. */
  async calm(): Promise<void> {
    for (const id of this.#faultIds.splice(0)) {
      await fetch(`${this.#url}/_faults/${id}`, { method: "DELETE" });
    }
  }

  async #books(): Promise<z.infer<typeof Books>> {
    return Books.parse(await (await fetch(`${this.#url}/_books`)).json());
  }

  async #bend(prompt: string, action: Action, operation?: string): Promise<void> {
    const response = await fetch(`${this.#url}/_faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        name: "journey",
        rules: [{ where: { prompt, ...(operation ? { operation } : {}) }, action }],
      }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`the emulator refused a fault: ${text}`);
    }
    const added = Faults.parse(JSON.parse(text)).active.at(-1);
    if (added) {
      this.#faultIds.push(added.id);
    }
  }
}
