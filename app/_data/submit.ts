import type { AspectRatio } from "@/lib/contracts/aspect-ratios";

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
