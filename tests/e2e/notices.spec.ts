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
  await page.getByLabel("A notice of the system").click();
  await expect(page.getByLabel("A notice of the system")).toBeChecked();

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
