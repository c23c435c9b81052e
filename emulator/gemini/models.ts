/** A Gemini model as of late November 2026: its state, limits and price in US dollars a million tokens. */
export interface GeminiModel {
  id: string;
  displayName: string;
  /** `retiring` models answer until `retiresAt`; from then on `successor` answers in their name. */
  state: "living" | "dead" | "retiring";
  retiresAt?: string;
  successor?: string;
  output: "text" | "image";
  inputTokenLimit: number;
  outputTokenLimit: number;
  usdPerMillionIn: number;
  usdPerMillionOut: number;
  /** From 3.5 on temperature, topP and topK are ignored and penalties are refused. */
  ignoresSampling: boolean;
  /** Tokens it thinks before a short answer, unless told otherwise. */
  thoughtTokens: number;
}

interface Row {
  id: string;
  displayName: string;
  usd: readonly [number, number];
  state?: GeminiModel["state"];
  retiresAt?: string;
  successor?: string;
  output?: GeminiModel["output"];
  outputTokens?: number;
  ignoresSampling?: boolean;
  thoughtTokens?: number;
}

const NEW = { ignoresSampling: true } as const;

const ROWS: readonly Row[] = [
  { id: "gemini-1.5-flash", displayName: "Gemini 1.5 Flash", usd: [0.075, 0.3], state: "dead" },
  { id: "gemini-1.5-flash-8b", displayName: "Gemini 1.5 Flash-8B", usd: [0.0375, 0.15], state: "dead" },
  { id: "gemini-1.5-pro", displayName: "Gemini 1.5 Pro", usd: [1.25, 5], state: "dead" },
  { id: "gemini-2.0-flash", displayName: "Gemini 2.0 Flash", usd: [0.1, 0.4], state: "dead" },
  { id: "gemini-2.0-flash-lite", displayName: "Gemini 2.0 Flash-Lite", usd: [0.075, 0.3], state: "dead" },
  {
    id: "gemini-2.5-flash",
    displayName: "Gemini 2.5 Flash",
    usd: [0.3, 2.5],
    state: "retiring",
    retiresAt: "2026-12-01T00:00:00Z",
    successor: "gemini-3.5-flash-lite",
    thoughtTokens: 180,
  },
  {
    id: "gemini-2.5-pro",
    displayName: "Gemini 2.5 Pro",
    usd: [1.25, 10],
    state: "retiring",
    retiresAt: "2026-12-01T00:00:00Z",
    successor: "gemini-3.8-flash",
    thoughtTokens: 420,
  },
  { id: "gemini-2.5-flash-lite", displayName: "Gemini 2.5 Flash-Lite", usd: [0.1, 0.4] },
  { id: "gemini-3.1-flash-lite", displayName: "Gemini 3.1 Flash-Lite", usd: [0.25, 1.5] },
  { id: "gemini-3.5-flash-lite", displayName: "Gemini 3.5 Flash-Lite", usd: [0.3, 2.5], ...NEW },
  { id: "gemini-3.5-flash", displayName: "Gemini 3.5 Flash", usd: [0.5, 3], ...NEW, thoughtTokens: 90 },
  { id: "gemini-3.6-flash", displayName: "Gemini 3.6 Flash", usd: [0.5, 3], ...NEW, thoughtTokens: 90 },
  { id: "gemini-3.7-flash", displayName: "Gemini 3.7 Flash", usd: [0.75, 3.75], ...NEW, thoughtTokens: 90 },
  { id: "gemini-3.8-flash", displayName: "Gemini 3.8 Flash", usd: [0.75, 3.75], ...NEW, thoughtTokens: 120 },
  { id: "gemini-2.5-flash-image", displayName: "Gemini 2.5 Flash Image", usd: [0.3, 30], output: "image" },
  { id: "gemini-3.1-flash-image", displayName: "Gemini 3.1 Flash Image", usd: [0.5, 40], output: "image" },
  {
    id: "gemini-3.1-flash-lite-image",
    displayName: "Gemini 3.1 Flash-Lite Image",
    usd: [0.25, 25],
    output: "image",
  },
  {
    id: "gemini-3-pro-image",
    displayName: "Gemini 3 Pro Image",
    usd: [2, 120],
    output: "image",
    thoughtTokens: 200,
  },
];

/** Every model the emulator knows of, the dead ones included: they answer 404 and are not listed. */
export const GEMINI_MODELS: readonly GeminiModel[] = ROWS.map((row) => ({
  id: row.id,
  displayName: row.displayName,
  state: row.state ?? "living",
  ...(row.retiresAt === undefined ? {} : { retiresAt: row.retiresAt }),
  ...(row.successor === undefined ? {} : { successor: row.successor }),
  output: row.output ?? "text",
  inputTokenLimit: 1_048_576,
  outputTokenLimit: row.outputTokens ?? (row.output === "image" ? 32_768 : 65_536),
  usdPerMillionIn: row.usd[0],
  usdPerMillionOut: row.usd[1],
  ignoresSampling: row.ignoresSampling ?? false,
  thoughtTokens: row.thoughtTokens ?? 0,
}));

/** The model that answers for an id at a moment (milliseconds since the epoch), or undefined when none does. */
export function answeringModel(id: string, nowMs: number): GeminiModel | undefined {
  const model = GEMINI_MODELS.find((candidate) => candidate.id === id);
  if (model === undefined || model.state === "dead") {
    return undefined;
  }
  const isRetired = model.retiresAt !== undefined && nowMs >= Date.parse(model.retiresAt);
  return isRetired ? GEMINI_MODELS.find((candidate) => candidate.id === model.successor) : model;
}
