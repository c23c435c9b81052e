import { ImprovePromptRequest } from "@/lib/contracts/prompt";
import { improvePrompt, streamImprovedPrompt } from "@/lib/generation/improve-prompt";
import { allowOnly } from "@/lib/http/allow-only";
import { json } from "@/lib/http/respond";
import { route } from "@/lib/http/route";
import { assertNotPaused } from "@/lib/operators/find-pause";
import { promptEvents } from "./prompt-events";

/** Proposes a better prompt: as JSON, or with `Accept: text/event-stream` piece by piece, which phrases do not come in. */
export const POST = route(
  { auth: "user", body: ImprovePromptRequest, rate: "prompt", isOpenWhilePaused: true },
  async ({ request, requestId, services, body }) => {
    await assertNotPaused(services, "improve");
    if (body.withPhrases || !request.headers.get("accept")?.includes("text/event-stream")) {
      return json(await improvePrompt(services, body));
    }
    return promptEvents(await streamImprovedPrompt(services, body), requestId);
  },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = allowOnly("POST");
