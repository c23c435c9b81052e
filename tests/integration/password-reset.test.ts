import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { getDb } from "@/db/client";
import { grantCredits, noteResetLink } from "@/db/queries/operations";
import { isResetLinkGood } from "@/lib/account/is-reset-link-good";
import { sendResetLink } from "@/lib/account/send-reset-link";
import { getAuth } from "@/lib/auth";
import { findPrincipal } from "@/lib/http/principal";
import { newId } from "@/lib/ids";
import { createMetrics } from "@/lib/monitoring/metrics";
import { makeResetLink } from "@/lib/operators/make-reset-link";
import { listPeople } from "@/lib/operators/read-people";
import { getServices } from "@/lib/services";
import { setTestEnvironment } from "@/tests/support/environment";
import { createHold } from "@/tests/support/hold-rows";
import { openTestLedger } from "@/tests/support/ledger";
import { readLog } from "@/tests/support/read-log";
import { readMetric } from "@/tests/support/read-metric";
import { waitFor } from "@/tests/support/wait-for";

const PASSWORD = "a password that is long enough";
const OTHER = "another one that is long enough";
const TRIES = 12;

const { database, db, owner } = await openTestLedger();
const folder = mkdtempSync(path.join(tmpdir(), "sunprint-mail-"));
setTestEnvironment({
  DATABASE_URL: database.appUrl,
  MAIL_FOLDER: folder,
  RATE_LIMIT_AUTH: `${TRIES}/600`,
  LOG_LEVEL: "error",
  ADMIN_EMAILS: "Boss@Example.com, other@example.com",
});
afterAll(async () => {
  await getDb().$client.end({ timeout: 5 });
  rmSync(folder, { recursive: true, force: true });
});

let networks = 0;
/** A network of its own: tries are counted by it. */
const newNetwork = () => `203.0.113.${++networks}`;

async function post(route: string, body: object, network = newNetwork()) {
  const response = await getAuth().handler(
    new Request(`http://localhost:3000/api/auth/${route}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": network },
      body: JSON.stringify(body),
    }),
  );
  return { status: response.status, body: (await response.json()) as { code?: string } };
}

/** Somebody new with a password, signed in once. */
async function join(email = `${newId("user")}@example.com`) {
  expect((await post("sign-up/email", { name: "Ada", email, password: PASSWORD })).status).toBe(200);
  return email;
}
const signIn = async (email: string, password: string) =>
  (await post("sign-in/email", { email, password })).status;
const ask = (email: string, page = "/reset", network = newNetwork()) =>
  post("request-password-reset", { email, redirectTo: page }, network);
const choose = (token: string, newPassword = OTHER) => post("reset-password", { token, newPassword });

const lettersTo = (email: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .toSorted()
    .map((name) => readFileSync(path.join(folder, name), "utf8"))
    .filter((text) => text.includes(`\nTo: ${email}\n`));

/** Asks for a link and reads its token out of the letter, as its person would. */
async function askForToken(email: string, page = "/reset"): Promise<string> {
  const before = lettersTo(email).length;
  expect((await ask(email, page)).status).toBe(200);
  const letter = await waitFor(() => lettersTo(email)[before], { what: "the letter" });
  const [address = ""] = /http:\/\/localhost:3000\S+/.exec(letter) ?? [];
  const url = new URL(address);
  expect(url.pathname).toBe(page);
  return url.searchParams.get("token") ?? "";
}

describe("who forgot their password", () => {
  it("chooses another by the link of a letter, and every session is over", async () => {
    const email = await join();
    const token = await askForToken(email);
    expect(await isResetLinkGood(token)).toBe(true);
    const sessionsOf = () => owner`
      select 1 from sessions s join users u on u.id = s.user_id where u.email = ${email}`;
    expect(await sessionsOf()).toHaveLength(1);
    expect((await choose(token)).status).toBe(200);
    expect(await sessionsOf()).toHaveLength(0);
    expect(await signIn(email, PASSWORD)).toBe(401);
    expect(await signIn(email, OTHER)).toBe(200);
  });

  it("gets the letter in the language of the page", async () => {
    const email = await join();
    await askForToken(email, "/zh/reset");
    expect(lettersTo(email)[0]).toContain("\nSubject: 重置晒蓝的密码\n");
  });

  it("is answered as somebody is who has no account, and then there is no letter", async () => {
    const [email, stranger] = [await join(), `${newId("user")}@example.com`];
    const known = await ask(email);
    expect(await ask(stranger)).toEqual(known);
    await waitFor(() => lettersTo(email).length === 1, { what: "the letter" });
    expect(lettersTo(stranger)).toEqual([]);
  });
});

describe("a link", () => {
  it("works once, and ends the others that its person was sent", async () => {
    const email = await join();
    const [first, second] = [await askForToken(email), await askForToken(email)];
    expect((await choose(second)).status).toBe(200);
    for (const token of [first, second, "made-up", ""]) {
      expect(await isResetLinkGood(token)).toBe(false);
      expect(await choose(token, PASSWORD)).toMatchObject({ status: 400, body: { code: "INVALID_TOKEN" } });
    }
    expect(await signIn(email, OTHER)).toBe(200);
  });

  it("pressed twice at once works once", async () => {
    const token = await askForToken(await join());
    const answers = await Promise.all([choose(token), choose(token)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
  });

  it("holds for an hour", async () => {
    const email = await join();
    const token = await askForToken(email);
    const [row] = await owner<{ seconds: number }[]>`
      select extract(epoch from expires_at - created_at)::int as seconds from verifications
       where value = (select id from users where email = ${email})`;
    expect(row?.seconds).toBeGreaterThan(3_590);
    expect(row?.seconds).toBeLessThanOrEqual(3_600);
    await owner`update verifications set expires_at = now() - interval '1 second'
      where value = (select id from users where email = ${email})`;
    expect(await isResetLinkGood(token)).toBe(false);
    expect(await choose(token)).toMatchObject({ status: 400, body: { code: "INVALID_TOKEN" } });
    expect(await signIn(email, PASSWORD)).toBe(200);
  });

  it("stays good after a password that is too short", async () => {
    const token = await askForToken(await join());
    expect(await choose(token, "short")).toMatchObject({ status: 400, body: { code: "PASSWORD_TOO_SHORT" } });
    expect((await choose(token)).status).toBe(200);
  });

  it("cannot be read out of the database", async () => {
    const token = await askForToken(await join());
    const rows = await owner`select 1 from verifications where identifier like ${`%${token}%`}`;
    expect(rows).toEqual([]);
  });
});

describe("asking without end", () => {
  it("writes to nobody more than five times in a quarter of an hour, and says nothing of it", async () => {
    const email = await join();
    const answers = [];
    for (let number = 0; number < 6; number++) {
      answers.push(await ask(email));
      await waitFor(() => lettersTo(email).length === Math.min(number + 1, 5), { what: "the letters" });
    }
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    // What was held back would have been written by the time the next one's is.
    const another = await join();
    await askForToken(another);
    expect(lettersTo(email)).toHaveLength(5);
  });

  it("is refused by the network, as guessing at links is", async () => {
    const network = newNetwork();
    const statusesOf = async (send: () => Promise<{ status: number }>) => {
      const statuses = [];
      for (let number = 0; number <= TRIES; number++) {
        statuses.push((await send()).status);
      }
      return statuses;
    };
    const asked = await statusesOf(() => ask("nobody@example.com", "/reset", network));
    expect(asked).toEqual([...Array.from({ length: TRIES }, () => 200), 429]);
    const guessed = await statusesOf(() =>
      post("reset-password", { token: "x", newPassword: OTHER }, network),
    );
    expect(guessed.at(-1)).toBe(429);
  });
});

describe("an operator's link", () => {
  const idOf = async (email: string) => {
    const [row] = await owner<{ id: string }[]>`select id from users where email = ${email}`;
    return row?.id ?? "";
  };
  const auditOf = (subject: string) => owner`
    select actor, action, reason from audit_entries where subject = ${subject} order by id`;
  const make = (userId: string, locale: "en" | "zh" = "en") =>
    makeResetLink(getServices(), "usr_operator", { userId, reason: "She called, ticket 17", locale });

  it("works once, without a letter, with who and why in the audit", async () => {
    const email = await join();
    const userId = await idOf(email);
    const link = await make(userId, "zh");
    expect(link).toContain("http://localhost:3000/zh/reset?token=");
    expect(lettersTo(email)).toEqual([]);
    expect(await auditOf(userId)).toEqual([
      { actor: "operator:usr_operator", action: "make_reset_link", reason: "She called, ticket 17" },
    ]);
    const token = new URL(link).searchParams.get("token") ?? "";
    const kept = await owner`select 1 from verifications where identifier like ${`%${token}%`}`;
    expect(kept).toEqual([]);
    expect(await isResetLinkGood(token)).toBe(true);
    expect((await choose(token)).status).toBe(200);
    expect(await choose(token, PASSWORD)).toMatchObject({ status: 400 });
    expect(await signIn(email, OTHER)).toBe(200);
  });

  it("is none for whom there is not, and then nothing is in the audit", async () => {
    await expect(make("usr_none")).rejects.toMatchObject({ reason: "not_found" });
    expect(await auditOf("usr_none")).toEqual([]);
  });

  it("is one row of the audit when its answer was lost and it is asked for again", async () => {
    const userId = await idOf(await join());
    const step = { userId, key: "one-key", actor: "operator:usr_o", reason: "Lost answer" } as const;
    // A gift and somebody else's link are other acts, whatever their key.
    expect(await grantCredits(db, { ...step, amount: 1 })).toMatchObject({ outcome: "granted" });
    const other = { ...step, userId: await idOf(await join()) };
    expect(await noteResetLink(db, other)).toEqual({ outcome: "noted" });
    expect(await noteResetLink(db, step)).toEqual({ outcome: "noted" });
    expect(await noteResetLink(db, step)).toEqual({ outcome: "already" });
    expect(await noteResetLink(db, { ...step, key: "another" })).toEqual({ outcome: "noted" });
    expect(await auditOf(userId)).toHaveLength(3);
  });

  it("is one row of the audit when it is asked for again before the first has been written down", async () => {
    const userId = await idOf(await join());
    const step = { userId, key: "one-key", actor: "operator:usr_o", reason: "Slow answer" } as const;
    let again: Promise<unknown> | undefined;
    const first = `select note_reset_link('${userId}', '${step.key}', '${step.actor}', '${step.reason}')`;
    await createHold(owner)(first, async (_, waiting) => {
      again = noteResetLink(db, step);
      await waiting(1);
    });
    expect(await again).toEqual({ outcome: "already" });
    expect(await auditOf(userId)).toHaveLength(1);
  });
});

describe("an address of ADMIN_EMAILS", () => {
  const email = "boss@example.com";
  /** Who signs in with this password, as a door of the operators' would see them. */
  const roleWith = async (password: string) => {
    const response = await getAuth().handler(
      new Request("http://localhost:3000/api/auth/sign-in/email", {
        method: "POST",
        headers: { "content-type": "application/json", "x-forwarded-for": newNetwork() },
        body: JSON.stringify({ email, password }),
      }),
    );
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    return (await findPrincipal(new Headers({ cookie }), { isFresh: true }))?.role;
  };
  const personOf = async () => {
    const [row] = await owner<{ id: string; role: string; isProved: boolean }[]>`
      select id, role, email_verified as "isProved" from users where email = ${email}`;
    return row;
  };
  const begin = async () => {
    await owner`delete from users where email = ${email}`;
    await join(email);
  };

  it("makes nobody an operator who only signed up with it, whatever they say of themselves", async () => {
    await owner`delete from users where email = ${email}`;
    const claims = { role: "operator", emailVerified: true };
    const { status } = await post("sign-up/email", { name: "Mallory", email, password: PASSWORD, ...claims });
    expect(status).toBe(200);
    expect(await personOf()).toMatchObject({ role: "user", isProved: false });
    expect(await roleWith(PASSWORD)).toBe("user");
  });

  it("makes an operator of who chose a password by its letter, and shuts out who was there before", async () => {
    await begin();
    const { id = "" } = (await personOf()) ?? {};
    await owner`insert into auth_accounts (id, account_id, provider_id, user_id)
      values ('acc_mallory', 'mallory', 'github', ${id})`;
    expect((await choose(await askForToken(email))).status).toBe(200);
    expect(await roleWith(OTHER)).toBe("operator");
    expect(await roleWith(PASSWORD)).toBeUndefined();
    const ways = await owner`select provider_id as way from auth_accounts where user_id = ${id}`;
    expect([...ways]).toEqual([{ way: "credential" }]);
    const { people } = await listPeople({ db }, { words: email, before: null });
    expect(people.map(({ role }) => role)).toEqual(["operator"]);
    // By the list alone: whoever is taken off it is one no more.
    expect(await personOf()).toMatchObject({ role: "user", isProved: true });
  });

  it("is not proved by a link that an operator made, nor by a letter while that one holds", async () => {
    await begin();
    const { id = "" } = (await personOf()) ?? {};
    const wish = { userId: id, reason: "He called", locale: "en" } as const;
    const link = await makeResetLink(getServices(), "usr_operator", wish);
    expect((await choose(new URL(link).searchParams.get("token") ?? "")).status).toBe(200);
    expect(await roleWith(OTHER)).toBe("user");
    expect((await choose(await askForToken(email))).status).toBe(200);
    expect(await roleWith(OTHER)).toBe("user");
    await owner`update verifications set expires_at = now() where identifier = ${`vouched-reset:${id}`}`;
    expect((await choose(await askForToken(email))).status).toBe(200);
    expect(await roleWith(OTHER)).toBe("operator");
  });

  it("whose proof is older keeps what its person added since", async () => {
    await begin();
    const { id = "" } = (await personOf()) ?? {};
    await owner`update users set email_verified = true where id = ${id}`;
    await owner`insert into auth_accounts (id, account_id, provider_id, user_id)
      values ('acc_boss', 'boss', 'github', ${id})`;
    expect((await choose(await askForToken(email))).status).toBe(200);
    expect(await owner`select 1 from auth_accounts where user_id = ${id}`).toHaveLength(2);
  });

  it("is nothing to somebody else who proved theirs", async () => {
    const another = await join();
    expect((await choose(await askForToken(another))).status).toBe(200);
    const { people } = await listPeople({ db }, { words: another, before: null });
    expect(people).toMatchObject([{ emailVerified: true, role: "user" }]);
  });
});

it("a letter that nobody took is counted and paged, and the log has neither the link nor the address", async () => {
  const metrics = createMetrics();
  const lines = readLog();
  const email = "ada@example.com";
  const sendMail = () =>
    Promise.reject(
      Object.assign(new Error(`550 ${email}: no canary-token here`), {
        code: "EENVELOPE",
        responseCode: 550,
      }),
    );
  await sendResetLink(
    { db, metrics, siteUrl: "http://localhost:3000", sendMail },
    { userId: "usr_nobody", email, token: "canary-token", locale: "en" },
  );
  expect(await readMetric(metrics, 'sunprint_mails_total{outcome="failed"}')).toBe(1);
  expect(lines).toMatchObject([
    { msg: "mail.failed", userId: "usr_nobody", failureCode: "EENVELOPE", answer: 550, isPaged: true },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/canary|ada@/);
});
