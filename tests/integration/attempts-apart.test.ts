import { describe, expect, it } from "vitest";
import {
  markAttemptUnknown,
  noteEmptyListing,
  noteGatewayLog,
  noteRefusedField,
  rejectAttempt,
  setExecutedPrompt,
} from "@/db/queries/generations";
import { endGeneration, reach, type Scene } from "@/tests/support/generations";
import { createPerson, openTestLedger } from "@/tests/support/ledger";

const { db, owner } = await openTestLedger();

const delayAsBefore = (id: string) =>
  owner<{ result: { outcome: string } }[]>`select delay_attempt(${id}, 1, 30, '429') as result`;
const numbered = (generationId: string) => ({ generationId, number: 1 });

describe("what is said of one create", () => {
  it.for<
    [
      what: string,
      state: "dispatching" | "unknown",
      say: (scene: Scene) => Promise<{ outcome: string } | undefined>,
    ]
  >([
    [
      "refused",
      "dispatching",
      ({ id }) => rejectAttempt(db, { ...numbered(id), reason: "internal", detail: "x" }),
    ],
    [
      "put off",
      "dispatching",
      // As the release before says it, that knows no token.
      async ({ id }) => (await delayAsBefore(id))[0]?.result,
    ],
    ["left open", "dispatching", ({ id }) => markAttemptUnknown(db, { ...numbered(id), detail: "x" })],
    ["not listed", "unknown", ({ id }) => noteEmptyListing(db, { ...numbered(id), seen: 0 })],
    ["in the gateway's log", "unknown", ({ id }) => noteGatewayLog(db, { ...numbered(id), logId: "01LOG" })],
    ["sent with words", "dispatching", ({ id }) => setExecutedPrompt(db, { generationId: id, prompt: "x" })],
    [
      "with a wrong field",
      "dispatching",
      ({ id }) => noteRefusedField(db, { generationId: id, field: "seed" }),
    ],
  ])("changes nothing of another generation's: %s", async ([, state, say]) => {
    const userId = await createPerson(db, 100);
    const scene = await reach(db, userId, state);
    const others = [
      await reach(db, userId, "dispatching"),
      await reach(db, userId, "unknown"),
      await reach(db, userId, "running"),
    ];
    const ids = others.map(({ id }) => id);
    const rows = async () => [
      ...(await owner`
        select a::text as attempt, g::text as generation from attempts a join generations g on g.id = a.generation_id
         where g.id in ${owner(ids)} order by g.id`),
    ];
    const before = await rows();
    expect((await say(scene))?.outcome).toMatch(/^(settled|delayed|unknown|waiting|noted|recorded)$/);
    expect(await rows()).toEqual(before);
    await Promise.all([scene.id, ...ids].map((id) => endGeneration(db, id)));
  });
});

it("a prompt that is settled once its create has been answered changes nothing, and hears so", async () => {
  const { id } = await reach(db, await createPerson(db), "running");
  expect(await setExecutedPrompt(db, { generationId: id, prompt: "too late" })).toEqual({ outcome: "late" });
  expect(await owner`select executed_prompt as prompt from generations where id = ${id}`).toMatchObject([
    { prompt: null },
  ]);
  await endGeneration(db, id);
});

it("the field that was refused is the first that was named, while the generation is live", async () => {
  const { id } = await reach(db, await createPerson(db), "dispatching");
  const note = (field: string) => noteRefusedField(db, { generationId: id, field });
  expect(await note("seed")).toEqual({ outcome: "noted" });
  expect(await note("image")).toEqual({ outcome: "already" });
  expect(await owner`select refused_field as field from generations where id = ${id}`).toMatchObject([
    { field: "seed" },
  ]);
  await endGeneration(db, id);
  const ended = await reach(db, await createPerson(db), "failed");
  expect(await noteRefusedField(db, { generationId: ended.id, field: "seed" })).toEqual({
    outcome: "already",
  });
});
