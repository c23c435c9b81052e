import { z } from "zod";
import { look } from "./support/look";
import { expect, newPrompt, test } from "./support/test";

const Told = z.object({ tones: z.array(z.number()), popups: z.array(z.string()) });

/** Runs in the page before anything else: keeps what the browser was asked to play and to show. Nobody is asked for leave. */
function keepNotices(): void {
  const tones: number[] = [];
  const popups: string[] = [];
  class Sound extends AudioContext {
    override createOscillator(): OscillatorNode {
      const tone = super.createOscillator();
      const start = tone.start.bind(tone);
      tone.start = (when) => {
        tones.push(tone.frequency.value);
        start(when);
      };
      return tone;
    }
  }
  class Popup extends EventTarget {
    constructor(message: string) {
      super();
      popups.push(message);
    }
  }
  Object.assign(Popup, { permission: "granted", requestPermission: () => Promise.resolve("granted") });
  Object.assign(window, { told: { tones, popups }, AudioContext: Sound, Notification: Popup });
}

test("who wants it hears two tones and sees one notice, and only while looking elsewhere", async ({
  page,
  studio,
}) => {
  const [seen, unseen] = [newPrompt("seen"), newPrompt("unseen")];
  const told = async () => Told.parse(await page.evaluate("window.told"));
  await page.addInitScript(keepNotices);
  await studio.open("/settings");
  await page.getByLabel("Two short tones").check();
  await expect.poll(told).toMatchObject({ tones: [659, 880] });
  await page.getByLabel("A system notification").click();
  await expect(page.getByLabel("A system notification")).toBeChecked();

  await studio.open();
  await studio.make(seen);
  await studio.expectPictures(seen, 2);
  await expect(studio.liveRegion).toHaveText("2 images ready");
  expect(await told()).toEqual({ tones: [], popups: [] });

  await look(page, false);
  await studio.make(unseen);
  await expect(page).toHaveTitle(/^\(2\) ready/, { timeout: 60_000 });
  await expect.poll(told).toEqual({ tones: [659, 880], popups: ["2 images ready"] });
  await look(page, true);
  await studio.expectPictures(unseen, 2);
  expect(await told()).toEqual({ tones: [659, 880], popups: ["2 images ready"] });
});

for (const { path, title } of [
  { path: "/settings", title: "Settings" },
  { path: "/credits", title: "Credits" },
  { path: "/library", title: "Library" },
]) {
  test(`what ends is told after ${path} was loaded anew, and by the title of a tab that nobody looks at`, async ({
    page,
    studio,
    upstream,
  }) => {
    const [seen, unseen] = [newPrompt("seen"), newPrompt("unseen")];
    const told = page.getByRole("status").filter({ hasText: "2 images ready" });
    for (const prompt of [seen, unseen]) {
      await upstream.pace(prompt, { starting: 4_000, processing: 120_000 });
    }
    const send = async (inputPrompt: string) => {
      const answer = await page.request.post("/api/generate", {
        data: { model: "flux-schnell", inputPrompt, aspectRatio: "3:2", numOutputs: 2 },
      });
      expect(answer.ok()).toBe(true);
    };

    await send(seen);
    await studio.open(path);
    await expect(page).toHaveTitle(new RegExp(`^${title}`));
    await page.reload();
    await expect(told).toHaveCount(1, { timeout: 60_000 });
    expect(await page.title()).not.toContain("ready");

    await send(unseen);
    await page.reload();
    await look(page, false);
    await expect(page).toHaveTitle(/^\(2\) ready/, { timeout: 60_000 });
    await look(page, true);
    await expect(page).toHaveTitle(new RegExp(`^${title}`));
  });
}

test("a page that shows no tasks reads none while nothing runs", async ({ page, studio }) => {
  const reads: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === "/api/task") {
      reads.push(search);
    }
  });
  // The balance is read anew once the stream is open, which is when tasks would be.
  const isOpen = page.waitForResponse(/\/api\/credits\?limit=1$/);
  await studio.open("/settings");
  await isOpen;
  await page.waitForTimeout(500);
  expect(reads).toEqual([]);
});
