import type { Page } from "@playwright/test";
import sharp from "sharp";
import { GenerateResponse } from "@/lib/contracts/generate";
import { ReferenceResponse } from "@/lib/contracts/reference";
import { make, readTask } from "./support/make";
import { expect, newPrompt, test } from "./support/test";

/** Runs in the page before anything else: a browser that lets nobody choose a place for a file. */
function chooseNothing(): void {
  Object.assign(window, { showSaveFilePicker: undefined });
}

/** The same of one that does: the place is in the site's own storage, where files are as those on a disk. */
function chooseOwnStorage(): void {
  Object.assign(window, {
    showSaveFilePicker: async () =>
      (await navigator.storage.getDirectory()).getFileHandle("kept.zip", { create: true }),
  });
}

/** What is in that place; null when there is nothing. */
function readOwnStorage(page: Page): Promise<string | null> {
  return page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await folder.getFileHandle("kept.zip").catch(() => null);
    return file && (await file.getFile()).text();
  });
}

const exportButton = (page: Page) => page.getByRole("button", { name: "Download everything" });

test("an export holds everything: what failed, what was sent, what is in the bin, what was handed in, and who it is of", async ({
  page,
  studio,
  upstream,
}) => {
  const [kept, failed] = [newPrompt("for the export"), newPrompt("never printed")];
  const { images } = await make(page, kept, { numOutputs: 2 });
  await page.request.post("/api/library/bin", { data: { images: [images[1]?.id] } });
  const data = await sharp({ create: { width: 320, height: 200, channels: 3, background: "#2c6e8f" } })
    .png()
    .toBuffer();
  const handedIn = await page.request.post("/api/references", {
    headers: { "content-type": "image/png" },
    data,
  });
  const reference = ReferenceResponse.parse(await handedIn.json());
  await upstream.fail(failed, "CUDA out of memory (E1001)");
  const answer = await page.request.post("/api/generate", {
    data: { model: "flux-dev", inputPrompt: failed, aspectRatio: "3:2", inputImageId: reference.id },
  });
  const { id } = GenerateResponse.parse(await answer.json());
  await expect(async () => expect((await readTask(page, id)).status).toBe("failed")).toPass({
    timeout: 60_000,
  });

  await page.addInitScript(chooseNothing);
  await studio.open("/settings");
  const download = page.waitForEvent("download");
  await exportButton(page).click();
  const bytes = Buffer.concat(await (await (await download).createReadStream()).toArray());
  await expect(page.getByText("Everything is in the ZIP.")).toBeVisible();
  for (const part of [
    "account.json",
    "tasks.json",
    "ledger.csv",
    "draft.json",
    "appeals.json",
    "manifest.json",
    "pictures/for-the-export",
    "bin/for-the-export",
    `references/${reference.id}.webp`,
    JSON.stringify(failed),
    '"status": "failed"',
    '"name": "Ada"',
    "@example.com",
    '"translation": "always"',
    "signup",
  ]) {
    expect(bytes.includes(part), part).toBe(true);
  }
  expect(bytes.includes("missing.json")).toBe(false);
});

test("where the browser can, it goes straight to the disk; one picture that cannot be had is named and spoils nothing", async ({
  page,
  studio,
  expectedNoise,
}) => {
  expectedNoise.push(/ERR_FAILED/);
  const { images } = await make(page, newPrompt("for the disk"), { numOutputs: 2 });
  await page.route(`**/img/${images[0]?.id}`, (route) => route.abort());
  await page.addInitScript(chooseOwnStorage);
  await studio.open("/settings");
  await exportButton(page).click();
  await expect(
    page.getByText("One picture couldn't be downloaded and is named in missing.json"),
  ).toBeVisible();
  const kept = await readOwnStorage(page);
  expect(kept).toContain("missing.json");
  expect(kept).toContain(`"address": "/img/${images[0]?.id}"`);
  expect(kept).toContain(`-${images[1]?.id}.webp`);
});

test("an export that is stopped saves nothing", async ({ page, studio }) => {
  await make(page, newPrompt("for later"));
  // The pictures are asked for and never come.
  await page.route(/\/img\/img_/, () => {});
  await page.addInitScript(chooseOwnStorage);
  await studio.open("/settings");
  await exportButton(page).click();
  await expect(page.getByText("0 of 1 pictures…")).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByText("Stopped. Nothing was saved.")).toBeVisible();
  await expect(exportButton(page)).toBeVisible();
  expect(await readOwnStorage(page)).toBeNull();
});
