import { afterEach, describe, expect, it } from "vitest";
import type { ImprovePromptRequest } from "@/lib/contracts/prompt";
import { PromptText } from "@/lib/contracts/prompt";
import { AppError, ERRORS } from "@/lib/errors";
import { improvePrompt, streamImprovedPrompt } from "@/lib/generation/improve-prompt";
import { createTestGateway } from "@/tests/support/services";
import { openStudio } from "@/tests/support/studio";
import { timed } from "@/tests/support/timed";

const studio = await openStudio();
afterEach(() => studio.calm());

const ASKED: ImprovePromptRequest = { prompt: "a fox in snow" };
const CHINESE = "雪中的狐狸";
const HAN = /\p{Script=Han}/u;
/** What /api/prompt has to be done by, and a moment for a busy machine. */
const LIMIT_MS = 6_000 + 1_500;

/** With circuits and a budget of retries that know of nothing yet, so that each call has all of its tries. */
const freshServices = () => ({
  ...studio.services,
  gateway: createTestGateway({ emulator: studio.emulator }),
});

/** How it ended. */
async function improve(asked: ImprovePromptRequest = ASKED) {
  try {
    return { answer: await improvePrompt(freshServices(), asked), error: null };
  } catch (error) {
    if (!(error instanceof AppError)) {
      throw error;
    }
    return { answer: null, error };
  }
}

async function stream(asked: ImprovePromptRequest = ASKED) {
  let text = "";
  try {
    for await (const piece of (await streamImprovedPrompt(freshServices(), asked)).pieces) {
      text += piece;
    }
    return { text, error: null };
  } catch (error) {
    if (!(error instanceof AppError)) {
      throw error;
    }
    return { text, error };
  }
}

describe("[F-75] a prompt or an answer that Gemini blocks", () => {
  const BLOCKS = [
    "gemini-blocked-safety",
    "gemini-blocked-prohibited",
    "gemini-blocked-blocklist",
    "gemini-blocked-image-safety",
    "gemini-blocked-other",
    "gemini-stopped-safety",
    "gemini-stopped-recitation",
    "gemini-stopped-language",
    "gemini-stopped-prohibited",
    "gemini-stopped-blocklist",
    "gemini-stopped-spii",
    "guardrails-block-prompt",
    "guardrails-block-answer",
  ];

  it.for(BLOCKS)("is refused as blocked, once, with the person's own prompt kept: %s", async (fault) => {
    await studio.fault(fault);
    const { error } = await improve();
    expect(error?.reason).toBe("content_blocked");
    expect(ERRORS.content_blocked.status).toBe(422);
    expect(error?.publicMessage).toContain("Your prompt is unchanged.");
  });

  /** These let words out before they stop. */
  const LATE = ["guardrails-block-answer", "gemini-stopped-recitation"];
  it.for(BLOCKS.filter((fault) => !LATE.includes(fault)))(
    "is refused as blocked before the first piece of a stream: %s",
    async (fault) => {
      await studio.fault(fault);
      const { text, error } = await stream();
      expect({ text, reason: error?.reason }).toEqual({ text: "", reason: "content_blocked" });
    },
  );
});

describe("[F-75] an answer without the text that was asked for", () => {
  it.for([
    "gemini-stopped-other",
    "gemini-stopped-malformed-function-call",
    "gemini-empty-max-tokens",
    "gemini-no-content",
    "gemini-no-parts",
    "gemini-no-candidates",
    "gemini-empty-text",
    "gemini-malformed",
  ])("is asked for again, then given up within the limit: %s", async (fault) => {
    await studio.fault(fault);
    const { result, ms } = await timed(improve, { limitMs: LIMIT_MS });
    expect(result.error?.reason).toBe("upstream_unavailable");
    expect(result.error?.publicMessage).toContain("Your prompt is unchanged.");
    expect(ms).toBeLessThan(LIMIT_MS);
  });

  it.for([
    "gemini-stopped-max-tokens",
    "gemini-unknown-finish",
    "gemini-unknown-fields",
    "gemini-thought-parts",
  ])("is none of these when there is text: %s", async (fault) => {
    await studio.fault(fault);
    const { answer } = await improve();
    expect(answer?.prompt.length).toBeGreaterThan(0);
    expect(answer?.prompt).not.toContain("Thinking.");
  });
});

describe("[F-76] a model that cannot be reached", () => {
  it.for([
    "gemini-429-no-retry-info",
    "gemini-429-per-day",
    "gemini-429-retry-info",
    "gemini-500",
    "gemini-502-page",
    "gemini-503",
    "gemini-504",
    "gemini-reset",
    "gemini-model-gone",
    "gemini-forbidden",
    "gemini-no-credit",
    "gemini-region",
  ])("is said to be away, within the limit: %s", async (fault) => {
    await studio.fault(fault);
    const { result, ms } = await timed(improve, { limitMs: LIMIT_MS });
    expect(result.error?.reason).toBe("upstream_unavailable");
    expect(result.error?.retryAfterSeconds).toBeGreaterThan(0);
    expect(ms).toBeLessThan(LIMIT_MS);
  });

  it.for(["gemini-silence", "gemini-stream-stall"])(
    "ends after six seconds at the latest: %s",
    async (fault) => {
      await studio.fault(fault);
      const errorOf = async () => (await (fault === "gemini-silence" ? improve() : stream())).error;
      const { result: error, ms } = await timed(errorOf, { limitMs: LIMIT_MS });
      expect(error?.reason).toBe("upstream_unavailable");
      expect(ms).toBeLessThan(LIMIT_MS);
    },
  );

  it.for(["gemini-503", "gemini-silence", "gemini-blocked-safety", "gemini-model-gone"])(
    "never keeps a picture from being made: %s",
    async (fault) => {
      await studio.fault(fault);
      const limitMs = 4_000 + 1_500;
      const send = async () => {
        const submitted = await studio.submit(await studio.person(), { inputPrompt: CHINESE });
        await studio.dispatch(submitted, freshServices());
        return submitted;
      };
      const { result: id, ms } = await timed(send, { limitMs });
      expect(ms).toBeLessThan(limitMs);
      expect(await studio.ended(id)).toMatchObject({ status: "succeeded", executedPrompt: null });
    },
  );
});

describe("[F-77] a text that is none to pass on as it is", () => {
  it.for(["injection", "url", "too-long", "other-language", "control-characters", "html"])(
    "is plain, within the limit, and what a person could have written: %s",
    async (form) => {
      await studio.fault(`gemini-text-${form}`);
      const { answer } = await improve();
      expect(PromptText.safeParse(answer?.prompt).success).toBe(true);
      expect(answer?.prompt).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    },
  );
});

describe("the language of a better prompt", () => {
  it.for([
    [{ prompt: "a fox in snow" }, "en"],
    [{ prompt: CHINESE }, "zh"],
    [{ prompt: CHINESE, locale: "zh" }, "zh"],
    [{ prompt: CHINESE, locale: "en" }, "en"],
    [{ prompt: "a fox in snow", locale: "en" }, "en"],
    [{ prompt: "a fox in snow", locale: "zh" }, "zh"],
  ] satisfies [ImprovePromptRequest, string][])(
    "is stated, and is the prompt's: %j",
    async ([asked, language]) => {
      const { answer } = await improve(asked);
      expect(answer?.language).toBe(language);
      expect(HAN.test(answer?.prompt ?? "")).toBe(language === "zh");
    },
  );
});
