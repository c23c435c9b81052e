import { expect, type Page } from "@playwright/test";
import { GenerateResponse } from "@/lib/contracts/generate";
import { Task } from "@/lib/contracts/task";

/** A finished task of the visitor's, made over the API: for journeys that are about what comes after. */
export async function make(page: Page, inputPrompt: string, change: object = {}): Promise<Task> {
  const answer = await page.request.post("/api/generate", {
    data: { model: "flux-schnell", inputPrompt, aspectRatio: "3:2", ...change },
  });
  const { id } = GenerateResponse.parse(await answer.json());
  let task = await readTask(page, id);
  await expect(async () => {
    task = await readTask(page, id);
    expect(task.status).toBe("succeeded");
  }).toPass({ timeout: 60_000 });
  return task;
}

/** Sends a prompt over the API, and stops it again, so that the next one has room. */
export async function sendAndCancel(page: Page, inputPrompt: string): Promise<void> {
  const data = { model: "flux-freeSchnell", inputPrompt, aspectRatio: "1:1" };
  const { id } = GenerateResponse.parse(await (await page.request.post("/api/generate", { data })).json());
  await page.request.post(`/api/task/${id}/cancel`);
  await expect(async () => {
    expect((await readTask(page, id)).status).not.toBe("processing");
  }).toPass();
}

export async function readTask(page: Page, fluxId: string): Promise<Task> {
  const answer = await page.request.post("/api/task", { data: { fluxId } });
  return Task.parse(await answer.json());
}
