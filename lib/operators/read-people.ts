import "server-only";
import { findPerson, listGenerationsOf, listPeople as listPeopleRows } from "@/db/queries/operators";
import { roleOf } from "@/lib/account/role-of";
import { listEntries } from "@/lib/credits/list-entries";
import { readBalance } from "@/lib/credits/read-balance";
import type { Services } from "@/lib/services";

const PEOPLE_A_PAGE = 50;
const LINES_SHOWN = 20;
const TASKS_SHOWN = 20;

/** So many tasks of somebody are counted at most. */
export const TASKS_COUNTED_MAX = 1_000;

/** A page of everybody, or of those whose e-mail address, name or id begins with the words. */
export async function listPeople(
  { db }: Pick<Services, "db">,
  filter: { words: string | null; before: string | null },
) {
  const page = await listPeopleRows(db, { ...filter, limit: PEOPLE_A_PAGE, tasksMax: TASKS_COUNTED_MAX });
  return { ...page, people: page.people.map((person) => ({ ...person, role: roleOf(person) })) };
}

/** Who somebody is, what they have, and what became of it lately; null when there is no such person. */
export async function readPersonFile(services: Pick<Services, "db" | "policy">, userId: string) {
  const { db } = services;
  const person = await findPerson(db, userId);
  if (!person) {
    return null;
  }
  const [balance, ledger, tasks] = await Promise.all([
    readBalance(services, userId),
    listEntries({ db }, { userId, limit: LINES_SHOWN, show: "all" }),
    listGenerationsOf(db, { userId, limit: TASKS_SHOWN }),
  ]);
  return { person: { ...person, role: roleOf(person) }, balance, entries: ledger.entries, tasks };
}
