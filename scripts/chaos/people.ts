import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { CreditsResponse } from "@/lib/contracts/credits";
import { GenerateResponse } from "@/lib/contracts/generate";
import { Task } from "@/lib/contracts/task";
import type { Submit } from "./schedule";

const ANSWER_MS_MAX = 20_000;
const RETRY_MS = 150;
const TRIES_MS_MAX = 120_000;
/** What a client tries again: the server's troubles and its "later". */
const TRANSIENT = new Set([429, 500, 502, 503, 504]);

const Email = z.looseObject({ user: z.looseObject({ id: z.string() }) });

export type Person = { id: string; cookie: string };

/** What was promised to a person, to be held against what is true in the end. */
export type Promised = {
  person: Person;
  key: string;
  submit: Submit;
  /** Absent until a definite answer came. */
  answer?: GenerateResponse;
  /** The first look at it that showed an end. */
  end?: Task;
};

/** Clients of the server: they try again with the same key until there is a definite answer, and keep a journal. */
export class People {
  readonly #url: string;
  /** Answers that must never be given. */
  readonly complaints: string[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  async signUp(): Promise<Person> {
    const response = await this.#send("/api/auth/sign-up/email", {
      body: { name: "Ada", email: `${randomUUID()}@example.com`, password: "a password that is long enough" },
      headers: { origin: this.#url },
    });
    const { user } = Email.parse(await response.json());
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    return { id: user.id, cookie };
  }

  /** Submits until it is answered. Says whether it was. */
  async submit(promised: Promised): Promise<boolean> {
    const { model, prompt, numOutputs } = promised.submit;
    const answer = await this.#insist(GenerateResponse, "/api/generate", promised.person, {
      body: { model, inputPrompt: prompt, numOutputs, aspectRatio: "1:1", seed: 7 },
      headers: { "idempotency-key": promised.key },
    });
    if (!answer) {
      return false;
    }
    if (promised.answer && (promised.answer.id !== answer.id || promised.answer.cost !== answer.cost)) {
      this.complaints.push(
        `the key ${promised.key} was answered with ${promised.answer.id} and ${answer.id}`,
      );
    }
    promised.answer ??= answer;
    return true;
  }

  /** Looks at a task; what was once an end must stay that end. */
  async look(promised: Promised): Promise<void> {
    const id = promised.answer?.id;
    if (id === undefined) {
      return;
    }
    this.#note(promised, await this.#insist(Task, "/api/task", promised.person, { body: { fluxId: id } }));
  }

  /** Asks for an end; one that the answer shows is as good a promise as one that a look shows. */
  async cancel(promised: Promised): Promise<void> {
    if (promised.answer) {
      const route = `/api/task/${promised.answer.id}/cancel`;
      this.#note(promised, await this.#insist(Task, route, promised.person, { body: {} }));
    }
  }

  #note(promised: Promised, task: Task | undefined): void {
    if (!task) {
      return;
    }
    const { end } = promised;
    const facts = (seen: Task) => JSON.stringify([seen.status, seen.reason, seen.refunded, seen.images]);
    if (end && facts(end) !== facts(task)) {
      this.complaints.push(`${task.id} had ended as ${facts(end)} and is now ${facts(task)}`);
    }
    if (task.status !== "processing") {
      promised.end ??= task;
    }
  }

  credits(person: Person): Promise<CreditsResponse | undefined> {
    return this.#insist(CreditsResponse, "/api/credits", person, {});
  }

  /** Tries until a definite answer; a refusal is a complaint, as nothing that is asked here may be refused. */
  async #insist<Schema extends z.ZodType>(
    schema: Schema,
    route: string,
    { cookie }: Person,
    { body, headers }: { body?: object; headers?: Record<string, string> },
  ): Promise<z.infer<Schema> | undefined> {
    const deadline = Date.now() + TRIES_MS_MAX;
    let last = "no answer";
    while (Date.now() < deadline) {
      try {
        const response = await this.#send(route, {
          ...(body ? { body } : {}),
          headers: { cookie, origin: this.#url, ...headers },
        });
        const text = await response.text();
        if (response.status === 200) {
          return schema.parse(JSON.parse(text));
        }
        last = `${response.status} ${text}`;
        if (!TRANSIENT.has(response.status)) {
          this.complaints.push(`${route} was refused: ${last}`);
          return undefined;
        }
      } catch (error) {
        if (error instanceof z.ZodError) {
          throw error;
        }
        last = String(error);
      }
      await sleep(RETRY_MS);
    }
    this.complaints.push(`${route} had no answer in ${TRIES_MS_MAX / 1000} s: ${last}`);
    return undefined;
  }

  #send(
    route: string,
    { body, headers }: { body?: object; headers: Record<string, string> },
  ): Promise<Response> {
    return fetch(`${this.#url}${route}`, {
      method: body ? "POST" : "GET",
      headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
  }
}
