import type { Messages } from "next-intl";
import postgres from "postgres";
import { make } from "@/tests/e2e/support/make";
import { passDeadline } from "@/tests/e2e/support/pass-deadline";
import { readMessages } from "@/tests/e2e/support/read-messages";
import type { StudioPage } from "@/tests/e2e/support/studio-page";
import { expect, test } from "@/tests/e2e/support/test";
import type { Upstream } from "@/tests/e2e/support/upstream";
import { Album, writeIndex } from "./album";
import { grantPlenty } from "./walk";

const { E2E_DATABASE_URL: databaseUrl = "" } = process.env;
const PROMPTS = {
  en: {
    done: "A lighthouse at dawn, long exposure over a still grey sea",
    second: "A brass kettle on a pale blue stove, morning light",
    failed: "A greenhouse at night, every pane lit from inside",
    blocked: "A marble figure in an empty museum hall",
    stopped: "A paper boat in the gutter after rain",
    late: "The last tram, seen through a wet window",
    partly: "Two herons on one leg each",
    waiting: "Ferns pressed between the pages of an old atlas",
    line: "A red fox asleep under the first snow",
  },
  zh: {
    done: "黎明的灯塔，长曝光，平静的灰色海面",
    second: "浅蓝色炉子上的黄铜水壶，清晨的光",
  },
} as const;

/** A number of each run, so that the shared emulator's rules meet this walk's prompts alone. */
let walkNumber = 0;

for (const language of ["en", "zh"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ language, colorScheme });

      test("without an account", async ({ page, studio, expectedNoise }, { project }) => {
        expectedNoise.push(/status of 40/);
        const album = new Album({ device: project.name, colorScheme, language });
        const open = (path: string) => page.goto(studio.address(path));
        await open("/models");
        await album.take(page, "models", { isWhole: true });
        await open("/status");
        await album.take(page, "status", { isWhole: true });
        await open("/explore");
        await album.take(page, "explore", { isWhole: true });
        await page.context().clearCookies();
        for (const [name, path] of [
          ["home", "/"],
          ["rules", "/rules"],
          ["sign-in", "/sign-in"],
          ["sign-up", "/sign-up"],
          ["reset", "/reset"],
          ["reset-over", "/reset?token=cut-off"],
          ["not-found", "/no-such-page"],
        ] as const) {
          await open(path);
          await album.take(page, name, { isWhole: true });
        }
        await open("/sign-in");
        await page.locator("input[type=email]").fill("nobody@example.com");
        await page.locator("input[type=password]").fill("not the right one");
        await page.locator("button[type=submit]").click();
        await expect(page.locator("[aria-invalid=true]")).toBeVisible();
        await album.take(page, "sign-in-refused");
      });

      test("with an account", async ({ page, studio, upstream, expectedNoise }, { project }) => {
        expectedNoise.push(/status of (4|5)\d\d/, /ERR_/);
        const album = new Album({ device: `${project.name}`, colorScheme, language });
        await walk({
          page,
          studio,
          upstream,
          album,
          messages: readMessages(language),
          prompt: promptsIn(language),
        });
      });
    });
  }
}

test.afterAll(writeIndex);

/** One of this walk's prompts, by what becomes of it. */
type NamePrompt = (name: keyof (typeof PROMPTS)["en"]) => string;

function promptsIn(language: "en" | "zh"): NamePrompt {
  walkNumber += 1;
  const number = `${process.pid % 1000}-${walkNumber}`;
  // The emulator's rules are about what is sent: a Chinese prompt is sent in English, so only those without a rule are Chinese.
  const own = { ...PROMPTS.en, ...PROMPTS[language] };
  return (name) => `${own[name]} ${number}`;
}

type WalkScene = {
  page: StudioPage["page"];
  studio: StudioPage;
  upstream: Upstream;
  album: Album;
  messages: Messages;
  prompt: NamePrompt;
};

async function walk({ page, studio, upstream, album, messages, prompt }: WalkScene): Promise<void> {
  const dialog = page.getByRole("dialog");
  const chips = studio.composer.locator('button[aria-haspopup="dialog"]');
  await studio.open();
  await album.take(page, "studio-empty", { isWhole: true });
  await studio.prompt.fill(prompt("done"));
  await studio.choose(studio.words.modelChip, /^FLUX dev LoRA/);
  await studio.choose(studio.words.countChip, /^4$/);
  await make(page, prompt("second"), { numOutputs: 4 });
  await page.reload();
  await openComposer(studio);
  await chips.nth(3).click();
  await expect(dialog).toBeVisible();
  await album.take(page, "chip-style");
  await page.keyboard.press("Escape");
  await studio.composer.getByRole("button").last().click();
  await expect(dialog).toBeVisible();
  await album.take(page, "what-fits");
  await page.keyboard.press("Escape");
  await grantPlenty();
  await studio.open();
  await openComposer(studio);
  await studio.choose(studio.words.modelChip, /^FLUX schnell \d/);
  await studio.choose(studio.words.countChip, /^2$/);
  const names = ["model", "shape", "count", "style-not-taken", "reference-not-taken", "seed", "audience"];
  for (const [index, name] of names.entries()) {
    await openComposer(studio);
    // What this model does not take is grey, and Playwright would wait for it.
    await chips.nth(index).click({ force: true });
    await expect(dialog).toBeVisible();
    await album.take(page, `chip-${name}`);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }
  await studio.prompt.fill(prompt("done"));
  await page.getByRole("button", { name: studio.words.improve, exact: true }).click();
  await expect(page.getByRole("button", { name: studio.words.useProposal, exact: true })).toBeEnabled();
  await album.take(page, "improve");
  await page.getByRole("button", { name: studio.words.otherLanguage }).click();
  await expect(page.getByRole("button", { name: studio.words.useProposal, exact: true })).toBeEnabled();
  await album.take(page, "improve-by-phrases");
  await page.reload();

  await upstream.fail(prompt("failed"), "CUDA out of memory (E1001)");
  await upstream.fail(prompt("blocked"), "NSFW content detected. Try running it again.");
  await upstream.bringTooFew(prompt("partly"));
  for (const held of [prompt("stopped"), prompt("late"), prompt("waiting")]) {
    await upstream.hold(held);
  }
  await upstream.keepInLine(prompt("line"));
  const send = async (...names: Parameters<NamePrompt>[0][]) => {
    for (const name of names) {
      await studio.make(prompt(name));
      await expect(studio.prompt).toHaveValue("");
    }
  };
  await send("done", "partly", "failed", "blocked");
  // Four may be under way at once, and four are about to stay so.
  await studio.expectPictures(prompt("done"), 2);
  await studio.expectPictures(prompt("partly"), 1);
  for (const name of ["failed", "blocked"] as const) {
    await expect(studio.sheets(prompt(name))).toHaveAttribute("data-status", "failed");
  }
  await send("stopped", "late", "waiting", "line");
  await page.evaluate(() => window.scrollTo(0, 0));
  await album.take(page, "sending-waiting-in-line", { isWhole: true });
  await studio.sheets(prompt("stopped")).getByRole("button", { name: studio.words.cancel }).click();
  await expect(studio.sheets(prompt("stopped"))).toHaveAttribute("data-status", "canceled");
  const late = (await studio.tasks()).find((task) => task.prompt === prompt("late"));
  await passDeadline(late?.id ?? "");
  await expect(studio.sheets(prompt("late"))).toHaveAttribute("data-status", "failed");
  await page.evaluate(() => window.scrollTo(0, 0));
  await album.take(page, "stream-every-end", { isWhole: true });
  await page.evaluate(() => window.scrollTo(0, 700));
  await expect(page.locator("[data-composer][data-away]")).toBeVisible();
  await album.take(page, "composer-folded");
  const heart = studio
    .sheets(prompt("done"))
    .getByRole("button", { name: messages.sheet.favourite, exact: true });
  await heart.click();
  await expect(heart).toHaveAttribute("aria-pressed", "true");
  await studio.sheets(prompt("done")).getByRole("button", { name: studio.words.more }).click();
  await expect(dialog).toBeVisible();
  await album.take(page, "sheet-menu");
  await page.keyboard.press("Escape");

  await studio.sheets(prompt("blocked")).getByRole("button", { name: studio.words.askForReview }).click();
  await expect(dialog).toBeVisible();
  await album.take(page, "appeal");
  await dialog.locator("button[type=submit]").click();
  await expect(dialog).toHaveCount(0);
  await album.take(page, "appeal-open");

  await studio.pictures(prompt("done")).first().click();
  await expect(studio.viewer).toBeVisible();
  await expect(studio.viewer.getByRole("img").first()).toHaveJSProperty("complete", true);
  await album.take(page, "viewer");
  await page.reload();
  await expect(page.getByRole("heading", { name: prompt("done") })).toBeVisible();
  await album.take(page, "picture-page", { isWhole: true });

  await studio.open("/activity");
  await album.take(page, "activity", { isWhole: true });
  await studio.open("/credits");
  await page.getByText(messages.usage.table, { exact: true }).click();
  await album.take(page, "credits", { isWhole: true });
  await studio.open(`/credits/receipts/${late?.id}`);
  await album.take(page, "receipt-returned", { isWhole: true });

  await make(page, prompt("second"), { numOutputs: 4, aspectRatio: "2:3" });
  await studio.open("/library");
  const tiles = page.locator("[data-tile]");
  await expect(tiles.first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  await album.take(page, "library");
  await tiles.first().focus();
  await page.keyboard.press("Control+a");
  await expect(page.getByRole("toolbar")).toBeVisible();
  await album.take(page, "library-choosing");
  await studio.open("/library?q=nothing+like+this");
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await album.take(page, "library-no-results");
  await studio.open("/library?state=bin");
  await page.waitForLoadState("networkidle");
  await album.take(page, "library-bin-empty");
  await studio.open("/library?state=failed");
  await expect(tiles.first()).toContainText(/./);
  await album.take(page, "library-failed");

  await studio.open("/settings");
  await album.take(page, "settings", { isWhole: true });
  await page.keyboard.press("?");
  await expect(dialog).toBeVisible();
  await album.take(page, "keys");

  const shared = (await studio.tasks()).find((task) => task.prompt === prompt("done"))?.images[0];
  await studio.open(`/create/${shared?.id}`);
  await page.getByRole("button", { name: studio.words.changeAudience, exact: true }).click();
  await expect(dialog).toBeVisible();
  await album.take(page, "sharing");
  await page.request.post("/api/library/share", {
    data: { images: [shared?.id], audience: "link", showsPrompt: true },
  });
  await studio.open(`/p/${shared?.shareId}`);
  await album.take(page, "shared-picture", { isWhole: true });

  await page.request.post("/api/library/share", {
    data: { images: [shared?.id], audience: "public", showsPrompt: true },
  });
  const userId = await makeOperator();
  for (const [name, path] of [
    ["ops", "/ops"],
    ["ops-tasks", "/ops/tasks"],
    ["ops-task", `/ops/tasks/${late?.id}`],
    ["ops-users", "/ops/users"],
    ["ops-users-no-results", "/ops/users?q=nothing+like+this"],
    ["ops-user", `/ops/users/${userId}`],
    ["ops-moderation", "/ops/moderation"],
    ["ops-switches", "/ops/switches"],
    ["ops-grants", "/ops/grants"],
    ["ops-audit", "/ops/audit"],
  ] as const) {
    await studio.open(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await album.take(page, name, { isWhole: true });
  }
}

/** On a phone the docked composer shows its chips once it has the focus. */
async function openComposer(studio: StudioPage): Promise<void> {
  await studio.prompt.focus();
}

/** The newest account is this walk's; answers its id. */
async function makeOperator(): Promise<string> {
  const owner = postgres(databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  const [user] = await owner<{ id: string }[]>`
    update users set role = 'operator' where id = (select id from users order by created_at desc limit 1) returning id`;
  await owner.end();
  return user?.id ?? "";
}
