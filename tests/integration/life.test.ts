import sharp from "sharp";
import { afterEach, describe, expect, it } from "vitest";
import { getImageModel, listImageModelIds } from "@/lib/ai-gateway-utils";
import { openStudio } from "@/tests/support/studio";

const studio = await openStudio();
afterEach(() => studio.calm());

describe("the whole life of a picture", () => {
  it.for(listImageModelIds())("of %s: submitted, sent, made, stored, charged", async (model) => {
    const userId = await studio.person(100);
    const price = getImageModel(model).unit === "credit" ? getImageModel(model).unitPrice : 0;
    const id = await studio.submit(userId, { model, aspectRatio: "16:9", outputFormat: "png" });
    expect(await studio.balanceOf(userId)).toMatchObject({ available: 100 - price });
    await studio.dispatch(id);
    const task = await studio.ended(id);
    expect(task).toMatchObject({ status: "succeeded", model, cost: price, refunded: 0, reason: null });
    expect(task.images).toHaveLength(1);
    await studio.assertPicturesAreWhole(id);

    const [row] = await studio.owner<{ key: string; type: string; width: number; height: number }[]>`
      select storage_key as key, content_type as type, width_pixels as width, height_pixels as height
        from assets where generation_id = ${id}`;
    const stored = await studio.services.storage.get(row?.key ?? "");
    const picture = await sharp(await new Response(stored?.body).arrayBuffer()).metadata();
    expect(picture).toMatchObject({ format: "png", width: row?.width, height: row?.height });
    expect(row?.type).toBe("image/png");
    expect(task.images[0]).toMatchObject({ width: row?.width, height: row?.height });
    expect(task.images[0]?.preview).toMatch(/^data:image\/webp;base64,/);
    const isFree = model === "flux-freeSchnell";
    expect(await studio.balanceOf(userId)).toEqual({
      available: 100 - price,
      held: 0,
      freeRemaining: isFree ? 4 : 5,
    });
  });

  it("of four at once is four pictures in their order, each charged", async () => {
    const userId = await studio.person(100);
    const id = await studio.submit(userId, { numOutputs: 4 });
    await studio.dispatch(id);
    const task = await studio.ended(id);
    expect(task).toMatchObject({ status: "succeeded", cost: 20, refunded: 0 });
    const [row] = await studio.owner`
      select array_to_json(array_agg(position order by position)) as positions,
             count(distinct content_hash)::int as different from assets where generation_id = ${id}`;
    expect(row).toEqual({ positions: [0, 1, 2, 3], different: 4 });
    await studio.assertPicturesAreWhole(id);
  });

  it("has the size that was promised when it was asked for", async () => {
    const userId = await studio.person(1_000);
    for (const aspectRatio of ["1:1", "9:16", "21:9"]) {
      const id = await studio.submit(userId, { aspectRatio });
      await studio.dispatch(id);
      const task = await studio.ended(id);
      expect(task.images[0]).toMatchObject({ width: task.width, height: task.height });
    }
  });

  it("of a Chinese prompt is made from its translation, which its person can see", async () => {
    const userId = await studio.person();
    const id = await studio.submit(userId, { inputPrompt: "雪中的一只红狐狸", locale: "zh" });
    await studio.dispatch(id);
    const task = await studio.ended(id);
    expect(task).toMatchObject({
      status: "succeeded",
      prompt: "雪中的一只红狐狸",
      promptChange: "translated",
    });
    const [prediction] = await studio.predictionsOf(id);
    expect(prediction?.input.prompt).toBe(task.executedPrompt);
    expect(task.executedPrompt).toMatch(/fox/);
  });

  it.for([
    [
      "a proposal, with what had been written before it kept beside it",
      { inputPrompt: "a red fox in the snow, morning light", writtenPrompt: "雪中的一只红狐狸" },
      "improved",
    ],
    [
      "a Chinese prompt that is not to be translated",
      { inputPrompt: "雪中的一只狐狸", translate: false },
      "none",
    ],
  ] as const)("is made from %s", async ([, request, promptChange]) => {
    const id = await studio.submit(await studio.person(), request);
    await studio.dispatch(id);
    expect(await studio.ended(id)).toMatchObject({
      status: "succeeded",
      prompt: "writtenPrompt" in request ? request.writtenPrompt : request.inputPrompt,
      executedPrompt: request.inputPrompt,
      promptChange,
    });
    const [prediction] = await studio.predictionsOf(id);
    expect(prediction?.input.prompt).toBe(request.inputPrompt);
  });

  it("is sent upstream once, and asked for by webhook alone while that arrives", async () => {
    const id = await studio.submit(await studio.person());
    await studio.dispatch(id);
    await studio.ended(id);
    const predictions = await studio.predictionsOf(id);
    expect(predictions).toHaveLength(1);
    const { calls } = await studio.books();
    const polls = calls.filter(
      ({ path, operation }) => operation === "replicate.get" && path.includes(predictions[0]?.id ?? "-"),
    );
    expect(polls).toEqual([]);
  });

  it("of eight people at once keeps everybody's own", async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => studio.person(5)));
    const ids = await Promise.all(
      people.map(async (userId, index) => {
        const id = await studio.submit(userId, { inputPrompt: `a fox, number ${index}` });
        await studio.dispatch(id);
        return id;
      }),
    );
    for (const [index, id] of ids.entries()) {
      expect(await studio.ended(id)).toMatchObject({ status: "succeeded", prompt: `a fox, number ${index}` });
      const [prediction] = await studio.predictionsOf(id);
      expect(prediction?.input.prompt).toBe(`a fox, number ${index}`);
      expect(await studio.balanceOf(people[index] ?? "")).toMatchObject({ available: 0, held: 0 });
    }
  });
});
