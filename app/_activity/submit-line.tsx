import { useTranslations } from "next-intl";
import { type Submit, writtenPromptOf } from "@/app/_data/submit";
import { UnansweredSteps } from "@/app/_sheets/unanswered-steps";
import { LatentPrint } from "@/components/latent-print/latent-print";
import type { ImageModelView } from "@/lib/contracts/models";

type SubmitLineProps = { submit: Submit; models: readonly ImageModelView[] };

/** A press whose task is not known yet. */
export function SubmitLine({ submit, models }: SubmitLineProps) {
  const sheet = useTranslations("sheet");
  const { body, state } = submit;
  const prompt = writtenPromptOf(body);
  return (
    <>
      <div className="size-10 shrink-0 overflow-hidden rounded-print" aria-hidden="true">
        <LatentPrint seed={`${prompt}#0`} ratio={1} isBleached={state === "unanswered"} />
      </div>
      <div className="min-w-0 flex-1">
        <p className="line-clamp-1 font-medium" dir="auto">
          {prompt}
        </p>
        <p className="dotted text-ink-3 tabular-nums">
          <span>{models.find(({ id }) => id === body.model)?.title ?? body.model}</span>
          <span>×{body.numOutputs}</span>
          {state !== "unanswered" && (
            <span>{state === "sending" ? sheet("sending") : sheet("phase.queued")}</span>
          )}
        </p>
        {state === "unanswered" && (
          <>
            <p className="text-ink-2">{sheet("unanswered")}</p>
            <div className="mt-2 flex flex-wrap gap-2">
              <UnansweredSteps submit={submit} />
            </div>
          </>
        )}
      </div>
    </>
  );
}
