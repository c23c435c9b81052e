import { GenerateResponse } from "@/lib/contracts/generate";
import { make } from "@/tests/e2e/support/make";
import { readLetter } from "@/tests/e2e/support/read-letter";
import { expect, newEmail, PASSWORD } from "@/tests/e2e/support/test";
import { asOwner, choose, send, type WalkScene, walkThrough } from "./walk";

const PAUSE = "We are moving house; back at 15:00 UTC.";

walkThrough("elsewhere", async (scene) => {
  await takeLibrary(scene);
  await takeMoney(scene);
  await takeReceipts(scene);
  await takeErasure(scene);
  await takePauses(scene);
  await takeReset(scene);
  await takeFaults(scene);
});

async function takeLibrary({ page, studio, take, messages, prompt }: WalkScene): Promise<void> {
  await studio.open("/library");
  await expect(page.getByRole("heading", { level: 2 })).toBeVisible();
  await take("library-empty", { isWhole: true });
  await studio.open("/library?state=failed");
  await page.waitForLoadState("networkidle");
  await take("library-nothing-failed");
  await make(page, prompt("A lighthouse at dawn"), { numOutputs: 2, model: "flux-freeSchnell" });
  await studio.open("/library");
  const tiles = page.locator("[data-tile]");
  await expect(tiles.locator("img")).toHaveCount(2);
  await tiles.first().focus();
  await page.keyboard.press("Delete");
  await expect(tiles).toHaveCount(1);
  await expect(page.getByRole("button", { name: messages.toast.undo })).toBeVisible();
  await take("toast");
}

async function takeMoney({ page, studio, take, messages, prompt }: WalkScene): Promise<void> {
  const { redeem } = messages.credits;
  const code = `SCRN-${Date.now()}`;
  await asOwner(
    (owner) => owner`select make_redeem_codes(
      jsonb_build_array(encode(sha256(${code.replace("-", "")}::bytea), 'hex')), 30, 9, null, 'operator:screens', 'a gift')`,
  );
  await studio.open("/credits");
  await take("nothing-used", { isWhole: true });
  await page.getByRole("textbox", { name: redeem.label }).fill("NOT-A-CODE");
  await page.getByRole("button", { name: redeem.submit }).click();
  await expect(page.locator("[aria-invalid=true]")).toBeVisible();
  await take("redeem-refused", { isWhole: true });
  await page.getByRole("textbox", { name: redeem.label }).fill(code);
  await page.getByRole("button", { name: redeem.submit }).click();
  await expect(page.getByTestId("ledger-sum")).toHaveText("0 + 80 = 80");
  await take("redeemed", { isWhole: true });

  await studio.open();
  await choose(studio, studio.words.modelChip, /^FLUX dev 10/);
  await choose(studio, studio.words.countChip, /^4$/);
  await send(studio, prompt("Ferns pressed between pages"));
  await expect(page.getByRole("banner").getByText("40").first()).toBeVisible();
  await take("low-balance");
  await page.emulateMedia({ contrast: "more" });
  await take("more-contrast");
  await page.emulateMedia({ contrast: "no-preference" });
}

async function takeReceipts({ page, studio, upstream, take, prompt }: WalkScene): Promise<void> {
  const partly = prompt("Two herons on one leg each");
  await upstream.bringTooFew(partly);
  for (const [name, text] of [
    ["charged", prompt("A brass kettle")],
    ["partly-charged", partly],
  ] as const) {
    const { id } = await make(page, text, { numOutputs: 2 });
    await studio.open(`/credits/receipts/${id}`);
    await take(`receipt-${name}`, { isWhole: true });
  }
  const waiting = prompt("A red fox");
  await upstream.hold(waiting);
  const data = { model: "flux-schnell", inputPrompt: waiting, aspectRatio: "3:2" };
  const { id } = GenerateResponse.parse(await (await page.request.post("/api/generate", { data })).json());
  await studio.open(`/credits/receipts/${id}`);
  await take("receipt-not-settled", { isWhole: true });
}

async function takeErasure({ page, studio, take, messages }: WalkScene): Promise<void> {
  const { erase, eraseSure, keep } = messages.settings.data;
  await studio.open("/settings");
  await page.getByRole("button", { name: erase }).click();
  await take("erasure-asked", { isWhole: true });
  await page.getByRole("button", { name: eraseSure }).click();
  await expect(page.getByRole("button", { name: keep })).toBeVisible();
  await take("erasure-pending", { isWhole: true });
  await page.getByRole("button", { name: keep }).click();
}

async function takePauses({ page, studio, take }: WalkScene): Promise<void> {
  const pause = (sentence: string) =>
    asOwner(
      (owner) => owner`select pause_service(name, ${sentence}, 'operator:screens')
        from (values ('sign_ups'), ('improve')) parts (name)`,
    );
  await pause(PAUSE);
  try {
    await studio.open("/status");
    await expect(page.getByText(PAUSE).first()).toBeVisible();
    await take("status-with-a-pause", { isWhole: true });
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await studio.open("/sign-up");
    await expect(page.getByText(PAUSE).first()).toBeVisible();
    await take("sign-up-paused", { isWhole: true });
    await page.context().addCookies(cookies);
  } finally {
    await pause("");
  }
}

/** Leaves the session as it was: what is reset is somebody else's password. */
async function takeReset({ page, studio, take, messages }: WalkScene): Promise<void> {
  const { account, reset } = messages;
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  const email = newEmail();
  const data = { name: "Ada", email, password: PASSWORD };
  expect((await page.request.post("/api/auth/sign-up/email", { data })).ok()).toBe(true);
  await page.context().clearCookies();
  await studio.open("/reset");
  await page.getByLabel(account.email).fill(email);
  await page.getByRole("button", { name: reset.submit }).click();
  await expect(page.getByText(reset.nothingCame)).toBeVisible();
  await take("reset-link-sent", { isWhole: true });
  const { link, html } = await readLetter(email);
  await page.setContent(html);
  await take("reset-letter", { isWhole: true });
  await page.goto(link);
  await take("reset-choosing", { isWhole: true });
  await page.getByLabel(reset.next).fill("another one that is long enough");
  await page.getByRole("button", { name: reset.save }).click();
  await expect(page.getByText(reset.savedText)).toBeVisible();
  await take("reset-saved", { isWhole: true });
  await page.context().clearCookies();
  await page.context().addCookies(cookies);
}

async function takeFaults({ page, studio, take, messages }: WalkScene): Promise<void> {
  await studio.open("/library");
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.getByRole("searchbox").fill("heron");
  await expect(page.getByText(messages.shell.signedOut)).toBeVisible();
  await expect(page.getByText(messages.library.error)).toBeVisible();
  await take("signed-out-library-failed");

  // A tile waits, and what it reads its time with breaks while the page is drawn.
  await page.context().addCookies(cookies);
  await page.addInitScript(() => {
    Date.parse = () => {
      throw new Error("provoked");
    };
  });
  await studio.open();
  await expect(page.getByText(messages.errorPage.title)).toBeVisible();
  await page.waitForLoadState("networkidle");
  await take("error-page");
}
