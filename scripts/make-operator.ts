import { findUserId, setRole } from "@/db/queries/operations";
import { findPerson } from "@/db/queries/operators";
import { readCommandLine } from "./command-line";
import { actAsOperator, Refusal } from "./operator";

const USAGE = `Makes somebody with an account an operator, or takes that back.
  npm run ops:make-operator -- ada@example.com "Runs the studio"
  npm run ops:make-operator -- ada@example.com "Has left" --take-back`;

const { positionals, values } = readCommandLine(USAGE, {
  allowPositionals: true,
  options: { "take-back": { type: "boolean" } },
});

await actAsOperator(USAGE, async (db, actor) => {
  const [email, reason] = positionals;
  if (!email || !reason) {
    return null;
  }
  const userId = await findUserId(db, email);
  const person = userId && (await findPerson(db, userId));
  if (!person) {
    throw new Refusal(`Nobody here has the address ${email}: sign up with it first.`);
  }
  const isTakenBack = values["take-back"] === true;
  const role = isTakenBack ? "user" : "operator";
  const { outcome } = await setRole(db, { userId: person.id, role, actor, reason });
  // Whoever acts should see whose account it is: an address that nobody proved may be another's.
  const who = `${person.name} (${person.id}, here since ${person.createdAt.toISOString().slice(0, 10)})`;
  switch (outcome) {
    case "set":
      return isTakenBack
        ? `${who} is no operator any more, unless ADMIN_EMAILS names their address.`
        : `${who} is an operator now.`;
    case "already":
      return isTakenBack ? `${who} was not made one.` : `${who} is an operator already.`;
    case "not_found":
      throw new Refusal(`${email} has just left.`);
  }
});
