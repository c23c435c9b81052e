import { expect, it } from "vitest";
import { z } from "zod";
import { expectEnvelope, openSite, type Person, withoutSignedCopy } from "@/tests/support/site";

const path = "/api/ops/reset-links";
const site = await openSite();
const first = await site.signUp();
// Made an operator a moment after the sign-up; the signed cookie of that minute does not know it yet.
const operator = { ...first, cookie: withoutSignedCopy(first.cookie) };
const ada = await site.signUp();
const idOf = async ({ email }: Person) => {
  const [row] = await site.owner<{ id: string }[]>`select id from users where email = ${email}`;
  return row?.id ?? "";
};
const wish = { userId: await idOf(ada), reason: "She called, ticket 17", locale: "en" };
const audited = () => site.owner`select 1 from audit_entries where action = 'make_reset_link'`;

it("an operator's link is no address at all to everybody else", async () => {
  for (const person of [null, ada]) {
    expectEnvelope(await site.ask(path, { person, body: wish }), 404, "not_found");
    expectEnvelope(await site.ask(path, { person }), 404, "not_found");
  }
  expect(await audited()).toEqual([]);
});

it("is refused from another site, without a reason, or for whom there is not", async () => {
  const headers = { origin: "https://evil.example" };
  expectEnvelope(await site.ask(path, { person: operator, body: wish, headers }), 403, "forbidden");
  for (const change of [{ reason: " " }, { locale: "xx" }, { more: 1 }]) {
    expectEnvelope(
      await site.ask(path, { person: operator, body: { ...wish, ...change } }),
      400,
      "invalid_request",
    );
  }
  const nobody = { ...wish, userId: "usr_none" };
  expectEnvelope(await site.ask(path, { person: operator, body: nobody }), 404, "not_found");
  expectEnvelope(await site.ask(path, { person: operator }), 405, "method_not_allowed");
  expect(await audited()).toEqual([]);
});

it("is answered once, with its act in the audit, and is not in the log", async () => {
  const { json } = await site.ask(path, { person: operator, body: wish });
  const { link } = z.object({ link: z.url() }).parse(json);
  const token = new URL(link).searchParams.get("token") ?? "";
  expect((await site.ask(`/reset?token=${token}`)).status).toBe(200);
  const body = { token, newPassword: "another one that is long enough" };
  expect((await site.ask("/api/auth/reset-password", { body })).status).toBe(200);
  expect((await site.ask("/api/auth/reset-password", { body })).status).toBe(400);
  expect(await audited()).toHaveLength(1);
  expect(site.app().logs()).not.toContain(token);
});
