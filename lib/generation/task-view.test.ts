import { describe, expect, it } from "vitest";
import { GenerationState } from "@/db/queries/generations";
import type { TaskRow } from "@/db/queries/tasks";
import { LORAS } from "@/lib/ai-gateway-utils";
import { FAILURE_REASONS, Task } from "@/lib/contracts/task";
import { toTask } from "./task-view";

const AT = "2026-11-23T10:00:00.123456Z";

/** A paid generation of two pictures that waits in line; each case changes one thing of it. */
const ROW: TaskRow = {
  id: "gen_1",
  state: "reserved",
  upstreamStatus: null,
  version: 0,
  model: "flux-dev",
  prompt: "a fox",
  executedPrompt: null,
  isPromptSettled: false,
  promptChange: "none",
  aspectRatio: "16:9",
  widthPixels: 1344,
  heightPixels: 768,
  outputFormat: "webp",
  outputCount: 2,
  seed: 7,
  loraWeights: null,
  loraScale: null,
  inputImageUrl: null,
  referenceId: null,
  refusedField: null,
  audience: "private",
  unit: "credit",
  heldAmount: 20,
  capturedAmount: null,
  refundedAmount: 0,
  failureReason: null,
  wasSent: false,
  appeal: null,
  isCancelRequested: false,
  isCanceledByOperator: false,
  deadlineAt: "2026-11-23T10:15:00.123456Z",
  createdAt: AT,
  changedAt: AT,
  terminalAt: null,
  lateAt: null,
  isDeleted: false,
  images: [],
  deletedImageCount: 0,
};
const IMAGE: TaskRow["images"][number] = {
  id: "img_1",
  width: 1344,
  height: 768,
  preview: "data:image/webp;base64,AA",
  audience: "private",
  shareId: "shr_1",
  shareExpiresAt: null,
  showsPrompt: false,
  reviewState: null,
  reviewReason: null,
  appeal: null,
  isFavourite: false,
};
const SUCCEEDED: Partial<TaskRow> = {
  state: "succeeded",
  terminalAt: AT,
  capturedAmount: 20,
  images: [IMAGE, { ...IMAGE, id: "img_2" }],
};
const FAILED: Partial<TaskRow> = {
  state: "failed",
  terminalAt: AT,
  capturedAmount: 0,
  failureReason: "provider_failed",
};
const view = (change: Partial<TaskRow> = {}) => toTask({ ...ROW, ...change });

describe("status and phase", () => {
  it.for([
    ["reserved", {}, "processing", "queued"],
    ["dispatching", {}, "processing", "queued"],
    ["unknown", {}, "processing", "queued"],
    ["running", {}, "processing", "starting"],
    ["running", { upstreamStatus: "starting" }, "processing", "starting"],
    ["running", { upstreamStatus: "processing" }, "processing", "making"],
    ["storing", { upstreamStatus: "processing" }, "processing", "saving"],
    ["dispatching", { isCancelRequested: true }, "processing", "stopping"],
    ["unknown", { isCancelRequested: true }, "processing", "stopping"],
    ["running", { isCancelRequested: true, upstreamStatus: "processing" }, "processing", "stopping"],
    // Too late to stop: the pictures are there and being saved.
    ["storing", { isCancelRequested: true }, "processing", "saving"],
    ["succeeded", SUCCEEDED, "succeeded", null],
    ["failed", FAILED, "failed", null],
    ["canceled", { terminalAt: AT, capturedAmount: 0, isCancelRequested: true }, "canceled", null],
  ] as const)("of %s with %o are %s and %s", ([state, change, status, phase]) => {
    expect(view({ ...change, state })).toMatchObject({ status, phase });
  });

  it("are known for every state of the machine", () => {
    for (const state of GenerationState.options) {
      expect(() => view({ state })).not.toThrow();
    }
  });
});

describe("what it was asked for with", () => {
  it("is a style by the name that people choose it by, others by their owner and name", () => {
    expect(view({ loraWeights: LORAS.koda.weights, loraScale: 0.8 })).toMatchObject({
      loraName: "koda",
      loraScale: 0.8,
    });
    expect(view({ loraWeights: "somebody/something" })).toMatchObject({ loraName: "somebody/something" });
    expect(view()).toMatchObject({
      loraName: null,
      loraScale: null,
      inputImageUrl: null,
      inputImageId: null,
    });
    expect(view({ referenceId: "ref_1" })).toMatchObject({ inputImageId: "ref_1" });
  });
});

describe("a translation that did not come", () => {
  const SENT = { ...SUCCEEDED, prompt: "狐狸", wasSent: true };

  it.for([
    ["is told of what was sent in Chinese", {}, true],
    ["and of a proposal that was", { executedPrompt: "红狐狸", promptChange: "improved" }, true],
    ["is not told before anything was sent", { wasSent: false }, false],
    ["nor of what was translated", { executedPrompt: "a fox", isPromptSettled: true }, false],
    ["nor of what was to go as it is", { executedPrompt: "狐狸", isPromptSettled: true }, false],
    ["nor of an English prompt", { prompt: "a fox" }, false],
    ["nor of one whose words are erased", { prompt: "" }, false],
  ] as const)("%s", ([, change, isUntranslated]) => {
    expect(view({ ...SENT, ...change })).toMatchObject({ isUntranslated });
  });
});

describe("its end", () => {
  const CANCELED = { state: "canceled", terminalAt: AT, capturedAmount: 0 } as const;

  it("says whose cancel it was, and of nothing else", () => {
    expect(view(CANCELED).canceledBy).toBe("owner");
    expect(view({ ...CANCELED, isCanceledByOperator: true }).canceledBy).toBe("operator");
    expect(view({ ...SUCCEEDED, isCanceledByOperator: true }).canceledBy).toBeNull();
  });

  it("says who stopped a blocked one: the model, or a check before anything was sent", () => {
    const blocked = { ...FAILED, failureReason: "content_blocked" };
    expect(view({ ...blocked, wasSent: true })).toMatchObject({
      blockedBy: "model",
      error: "The model's safety filter stopped the picture. It is sometimes wrong.",
    });
    expect(view({ ...blocked, wasSent: false })).toMatchObject({
      blockedBy: "check",
      error: "This prompt isn't allowed here.",
    });
    expect(view(FAILED).blockedBy).toBeNull();
  });

  it("names the field that was not accepted, and only when that was the reason", () => {
    expect(view({ ...FAILED, failureReason: "invalid_input", refusedField: "seed" }).invalidField).toBe(
      "seed",
    );
    expect(view({ ...FAILED, refusedField: "seed" }).invalidField).toBeNull();
  });
});

describe("money", () => {
  it.for([
    ["a live paid one", {}, { cost: 20, refunded: 0, freeUsed: 0 }],
    ["a whole success", SUCCEEDED, { cost: 20, refunded: 0, freeUsed: 0 }],
    [
      "a success of one of two",
      { ...SUCCEEDED, capturedAmount: 10 },
      { cost: 20, refunded: 10, freeUsed: 0 },
    ],
    ["a failure", FAILED, { cost: 20, refunded: 20, freeUsed: 0 }],
    [
      "a cancel",
      { state: "canceled", terminalAt: AT, capturedAmount: 0 },
      { cost: 20, refunded: 20, freeUsed: 0 },
    ],
    ["a live free one", { unit: "picture", heldAmount: 2 }, { cost: 0, refunded: 0, freeUsed: 2 }],
    [
      "a whole free success",
      { ...SUCCEEDED, unit: "picture", heldAmount: 2, capturedAmount: 2 },
      { cost: 0, refunded: 0, freeUsed: 2 },
    ],
    [
      "a free success of one of two",
      { ...SUCCEEDED, unit: "picture", heldAmount: 2, capturedAmount: 1 },
      { cost: 0, refunded: 0, freeUsed: 1 },
    ],
    ["a free failure", { ...FAILED, unit: "picture", heldAmount: 2 }, { cost: 0, refunded: 0, freeUsed: 0 }],
  ] as const)("of %s adds up", ([, change, money]) => {
    expect(view({ ...change, images: [] })).toMatchObject(money);
  });
});

describe("pictures and failures", () => {
  it("have same-origin addresses, the first of them twice", () => {
    const task = view(SUCCEEDED);
    expect(task.imageUrl).toBe("/img/img_1");
    expect(task.images.map(({ url }) => url)).toEqual(["/img/img_1", "/img/img_2"]);
    expect(view().imageUrl).toBeNull();
  });

  it.for(FAILURE_REASONS)("%s has a sentence for people", (failureReason) => {
    const task = view({ ...FAILED, failureReason });
    expect(task.reason).toBe(failureReason);
    expect(task.error).toMatch(/^[A-Z].+\.$/);
  });

  it("show a reason that a newer release wrote as one of ours", () => {
    const task = view({ ...FAILED, failureReason: "invented_later" });
    expect(task).toMatchObject({ reason: "internal", error: "Something went wrong on our side." });
  });
});

describe("what a person is sent", () => {
  it("fits the contract, microseconds and all", () => {
    for (const change of [{}, SUCCEEDED, FAILED]) {
      const task = view(change);
      expect(Task.parse(task)).toEqual(task);
    }
  });

  it("has exactly the fields of the contract: no row is spread into it", () => {
    const row = { ...ROW, failureDetail: "secret", upstreamModel: "secret", input: { secret: true } };
    expect(Object.keys(toTask(row)).toSorted()).toEqual(Object.keys(Task.shape).toSorted());
    expect(JSON.stringify(toTask(row))).not.toContain("secret");
  });
});
