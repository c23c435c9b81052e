import { userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { databaseCommand } from "@/scripts/launch/migrate.mjs";
import { runToEnd, startProcess } from "@/scripts/launch/processes.mjs";
import { reach } from "@/tests/support/generations";
import { balanceOf, createPerson, openTestLedger } from "@/tests/support/ledger";

const { db, owner, database } = await openTestLedger();

/** Runs one of the operators' commands as the launcher does; answers what is on the terminal afterwards. */
async function run(name: string, ...args: string[]): Promise<{ code: number | null; lines: string[] }> {
  const program = databaseCommand(`scripts/${name}.ts`, { DATABASE_URL: database.ownerUrl });
  const { ending, output } = await runToEnd(startProcess, { ...program, args: [...program.args, ...args] });
  return { code: ending.code, lines: output.trim().split("\n") };
}
const emailOf = (userId: string) => `${userId}@example.com`;
const lastAudit = async () => {
  const [row] = await owner<{ actor: string; action: string; reason: string }[]>`
    select actor, action, reason from audit_entries order by id desc limit 1`;
  return row;
};

describe("an operator at a terminal", () => {
  it("gives credits once per key, and takes back what was not spent", async () => {
    const userId = await createPerson(db, 10);
    const email = emailOf(userId);
    const give = ["grant", email, "50", "Sorry about Tuesday", "--key", "ticket-1"] as const;
    expect(await run(...give)).toEqual({ code: 0, lines: [`Gave 50. ${email} now has 60.`] });
    expect(await run(...give)).toEqual({
      code: 0,
      lines: [`Done before under this key. ${email} has 60.`],
    });
    expect((await lastAudit())?.actor).toBe(`operator:${userInfo().username}`);
    const takeBack = ["50", "Given by mistake", "--key", "ticket-2", "--take-back"];
    const { lines } = await run("grant", email, ...takeBack);
    expect(lines).toEqual([`Took back 50, wrote off 0. ${email} now has 10.`]);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 10 });
  });

  it("gives back what a generation was charged, once, and no more than that", async () => {
    const userId = await createPerson(db, 100);
    const { id } = await reach(db, userId, "succeeded");
    const { available } = await balanceOf(db, userId);
    const charged = 100 - available;
    expect(await run("refund", id, "It was black", "--amount", String(charged + 1))).toEqual({
      code: 1,
      lines: [`It was charged ${charged}.`],
    });
    expect(await run("refund", id, "It was black")).toEqual({
      code: 0,
      lines: [`Gave back ${charged} credits.`],
    });
    const again = await run("refund", id, "It was black");
    expect(again.lines).toEqual([`${charged} were given back before. A generation is refunded once.`]);
    expect(await balanceOf(db, userId)).toMatchObject({ available: 100 });
  });

  it("makes codes, which are shown this once and kept as hashes alone", async () => {
    const { code, lines } = await run(
      "codes",
      "50",
      "Launch party",
      "--count",
      "3",
      "--expires",
      "2099-12-31",
    );
    expect(code).toBe(0);
    expect(new Set(lines).size).toBe(3);
    const rows = await owner`select amount::int as amount, uses_max from redeem_codes`;
    expect([...rows]).toEqual(Array.from({ length: 3 }, () => ({ amount: 50, uses_max: 1 })));
    const [{ text } = { text: "" }] = await owner<{ text: string }[]>`
      select string_agg(c::text, ' ') as text from redeem_codes c`;
    for (const line of lines) {
      expect(text).not.toContain(line);
      expect(text).not.toContain(line.replaceAll("-", ""));
    }
  });

  it("makes somebody with an account an operator, sees whom, and nobody else", async () => {
    const userId = await createPerson(db);
    const who = new RegExp(`^Ada \\(${userId}, here since \\d{4}-\\d\\d-\\d\\d\\) is `);
    const roleOf = async () =>
      (await owner<{ role: string }[]>`select role from users where id = ${userId}`)[0]?.role;
    const made = await run("make-operator", emailOf(userId), "Runs the studio");
    expect(made.lines[0]).toMatch(who);
    expect(made.lines[0]).toContain("is an operator now.");
    expect(await roleOf()).toBe("operator");
    expect(await run("make-operator", "nobody@example.com", "Runs the studio")).toEqual({
      code: 1,
      lines: ["Nobody here has the address nobody@example.com: sign up with it first."],
    });
  });

  it("pauses a model with a sentence, in their own name", async () => {
    const paused = await run("pause-model", "flux-pro", "Back at 15:00 UTC.");
    expect(paused).toEqual({ code: 0, lines: ["flux-pro is paused: Back at 15:00 UTC."] });
    expect((await lastAudit())?.actor).toBe(`operator:${userInfo().username}`);
  });

  it.for([
    ["grant", ["ada@example.com", "50", "Sorry", "--kee", "a"], "Unknown option '--kee'"],
    ["codes", ["50", "Party", "--expires", "tomorrow"], "Makes codes"],
    ["review-picture", ["img_1", "--approve", "--reject"], "Lets a public picture into Explore"],
  ] as const)("is told how %s is called after %j, and nothing happens", async ([name, args, start]) => {
    const before = await lastAudit();
    const { code, lines } = await run(name, ...args);
    expect(code).toBe(1);
    expect(lines[0]).toContain(start);
    expect(lines.join("\n")).toContain(`npm run ops:${name} -- `);
    expect(lines.join("\n")).not.toContain("    at ");
    expect(await lastAudit()).toEqual(before);
  });
});
