import { userInfo } from "node:os";
import { createDb, type Db } from "@/db/client";
import { failWithUsage } from "./command-line";

/** Why an act cannot be done: a sentence for whoever asked for it. */
export class Refusal extends Error {}

/**
 * Runs an operator's act on the database of DATABASE_URL. `act` answers the line to print, or null when what it was
 * called with makes no sense: then the usage is printed and the command fails. A Refusal fails it with its own sentence.
 */
export async function actAsOperator(
  usage: string,
  act: (db: Db, actor: `operator:${string}`) => Promise<string | null>,
): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (!url) {
    console.error("DATABASE_URL is not set: on which database?");
    process.exit(1);
  }
  const db = createDb({ url, applicationName: "sunprint-ops", poolMax: 1 });
  try {
    const line = await act(db, `operator:${userInfo().username}`);
    if (line === null) {
      failWithUsage(usage);
    }
    console.log(line);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    await db.$client.end();
  }
}

/** A whole number of credits from the command line; null when it is none. */
export function readAmount(text: string | undefined): number | null {
  const amount = Number(text);
  return Number.isInteger(amount) && amount >= 1 && amount <= 1_000_000 ? amount : null;
}
