import { refundGeneration } from "@/db/queries/operations";
import { readCommandLine } from "./command-line";
import { actAsOperator, Refusal, readAmount } from "./operator";

const USAGE = `Gives back what a generation was charged, once: all of it, or a part.
  npm run ops:refund -- gen_01jd8x… "The picture was black"
  npm run ops:refund -- gen_01jd8x… "One of two was black" --amount 10`;

const { positionals, values } = readCommandLine(USAGE, {
  allowPositionals: true,
  options: { amount: { type: "string" } },
});

await actAsOperator(USAGE, async (db, actor) => {
  const [generationId, reason] = positionals;
  const amount = values.amount === undefined ? null : readAmount(values.amount);
  if (!generationId || !reason || (values.amount !== undefined && amount === null)) {
    return null;
  }
  const result = await refundGeneration(db, { generationId, amount, actor, reason });
  switch (result.outcome) {
    case "refunded":
      return `Gave back ${result.amount} ${result.unit === "credit" ? "credits" : "free pictures"}.`;
    case "already":
      return `${result.amount} were given back before. A generation is refunded once.`;
    case "not_charged":
      return "Nothing was charged for it, so there is nothing to give back.";
    case "too_much":
      throw new Refusal(`It was charged ${result.captured}.`);
    case "not_found":
      throw new Refusal("There is no such generation, or its person has left.");
  }
});
