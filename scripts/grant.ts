import { clawBackCredits, findUserId, grantCredits } from "@/db/queries/operations";
import { readCommandLine } from "./command-line";
import { actAsOperator, Refusal, readAmount } from "./operator";

const USAGE = `Gives credits to a person, or takes back what should not have been given. The key makes it
happen once; the person reads the reason in their ledger.
  npm run ops:grant -- ada@example.com 50 "Sorry about Tuesday" --key ticket-17
  npm run ops:grant -- ada@example.com 50 "Given twice by mistake" --key ticket-18 --take-back`;

const { positionals, values } = readCommandLine(USAGE, {
  allowPositionals: true,
  options: { key: { type: "string" }, "take-back": { type: "boolean" } },
});

await actAsOperator(USAGE, async (db, actor) => {
  const [email, amountText, reason] = positionals;
  const amount = readAmount(amountText);
  const { key } = values;
  const userId = email ? await findUserId(db, email) : null;
  if (amount === null || !reason || !key) {
    return null;
  }
  if (!userId) {
    throw new Refusal(`Nobody here has the address ${email}.`);
  }
  const step = { userId, amount, key, actor, reason };
  if (values["take-back"]) {
    const result = await clawBackCredits(db, step);
    switch (result.outcome) {
      case "taken":
        return `Took back ${result.taken}, wrote off ${result.writtenOff}. ${email} now has ${result.available}.`;
      case "already":
        return `Done before under this key. ${email} has ${result.available}.`;
      case "not_found":
        throw new Refusal(`${email} has no wallet.`);
    }
  }
  const result = await grantCredits(db, step);
  switch (result.outcome) {
    case "granted":
      return `Gave ${amount}. ${email} now has ${result.available}.`;
    case "already":
      return `Done before under this key. ${email} has ${result.available}.`;
    case "not_found":
      throw new Refusal(`${email} has no wallet.`);
  }
});
