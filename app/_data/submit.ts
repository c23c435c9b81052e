import type { AspectRatio } from "@/lib/contracts/aspect-ratios";
import { isRecord } from "./json";

/** What is asked for: the body of POST /api/generate. */
export type GenerateBody = {
  model: string;
  inputPrompt: string;
  aspectRatio: AspectRatio;
  isPrivate: boolean;
  locale: "en" | "zh";
  numOutputs: number;
  /** What the button said; absent where no price was shown. */
  expectedCost?: number;
  seed?: number;
  loraName?: string;
  loraScale?: number;
  inputImageUrl?: string;
  inputImageId?: string;
  writtenPrompt?: string;
  promptChange?: "improved" | "edited";
  translate?: boolean;
};

/** What the person wrote, as the task will have it. */
export function writtenPromptOf({ writtenPrompt, inputPrompt }: GenerateBody): string {
  return writtenPrompt ?? inputPrompt;
}

/** One press of the button, from before it is sent until its task is known. */
export type Submit = {
  /** The Idempotency-Key: however often it is sent, it is one job. Also the tile's identity until the server names it. */
  key: string;
  body: GenerateBody;
  width: number;
  height: number;
  /** ISO, on the server's clock. */
  startedAt: string;
  state: "sending" | "accepted" | "unanswered";
  /** The task's id, once accepted. */
  taskId: string | null;
};

/** Submits of before a reload, as far as they can be read. */
export function readSubmits(value: unknown): Submit[] {
  return Array.isArray(value) ? value.filter(isSubmit) : [];
}

function isSubmit(value: unknown): value is Submit {
  return (
    isRecord(value) &&
    typeof value.key === "string" &&
    typeof value.width === "number" &&
    typeof value.height === "number" &&
    typeof value.startedAt === "string" &&
    (value.state === "sending" || value.state === "unanswered" || value.state === "accepted") &&
    isRecord(value.body) &&
    typeof value.body.inputPrompt === "string" &&
    typeof value.body.model === "string" &&
    typeof value.body.aspectRatio === "string" &&
    typeof value.body.numOutputs === "number"
  );
}
