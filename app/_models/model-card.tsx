import { getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";
import type { SharedPicture } from "@/lib/contracts/explore";
import type { ImageModelView } from "@/lib/contracts/models";

const SCALE_OVER_SLOW = 1.25;

type ModelCardProps = {
  model: ImageModelView;
  purpose: string;
  /** Public pictures of this model; none while there are none. */
  samples: SharedPicture[];
  freeMonthlyLimit: number;
};

/** What a model is for, costs and takes, whether it is open, and what has come out of it. */
export async function ModelCard({ model, purpose, samples, freeMonthlyLimit }: ModelCardProps) {
  const [t, words, landing] = await Promise.all([
    getTranslations("modelsPage"),
    getTranslations("composer.model"),
    getTranslations("landing"),
  ]);
  const { title, credits, isFree, usualSeconds, slowSeconds, state, pausedReason } = model;
  const share = (seconds: number) => `${(seconds / (slowSeconds * SCALE_OVER_SLOW)) * 100}%`;
  return (
    <article className="grid gap-x-8 gap-y-3 sm:grid-cols-[1fr_16rem]">
      <div>
        <h2 className="flex flex-wrap items-baseline gap-x-3 font-semibold text-lg">
          {title}
          <span className={state === "on" ? "font-normal text-ok text-sm" : "font-normal text-sm text-warn"}>
            {t(`state.${state}`)}
          </span>
        </h2>
        <p className="text-ink-2">{purpose}</p>
        {state === "paused" && <p className="mt-1 text-warn">{pausedReason}</p>}
        <p className="mt-2 text-sm tabular-nums">
          {isFree ? landing("priceFree", { limit: freeMonthlyLimit }) : t("price", { credits })}
          <span className="text-ink-3">
            {" · "}
            {t("upTo", { count: model.numOutputsMax })}
          </span>
        </p>
      </div>
      <div className="self-center text-sm">
        <p className="mb-2 text-ink-2 tabular-nums">
          {t("time", { usual: usualSeconds, slow: slowSeconds })}
        </p>
        <div className="relative h-0.5 bg-line-strong" aria-hidden="true">
          <span className="absolute inset-y-0 left-0 bg-prussian" style={{ width: share(usualSeconds) }} />
          <span className="absolute -top-1 h-2.5 w-0.5 bg-prussian" style={{ left: share(usualSeconds) }} />
          <span className="absolute -top-1 h-2.5 w-0.5 bg-ink-3" style={{ left: share(slowSeconds) }} />
        </div>
        <p className="sr-only">{words("seconds", { usual: usualSeconds, slow: slowSeconds })}</p>
      </div>
      {samples.length > 0 && (
        <div className="flex gap-2 sm:col-span-2">
          {samples.map(({ shareId, imageUrl, width, height, preview, prompt }) => (
            <Link
              key={shareId}
              href={`/p/${shareId}`}
              className="focus-on-picture h-32 min-w-0 rounded-print"
            >
              {/* biome-ignore lint/performance/noImgElement: access is checked at this address, which an optimizer would not do. */}
              <img
                src={`${imageUrl}?w=320`}
                width={width}
                height={height}
                alt={prompt ?? t("sample", { model: title })}
                loading="lazy"
                className="h-full w-auto rounded-print bg-cover object-cover"
                style={preview ? { backgroundImage: `url("${preview}")` } : undefined}
              />
            </Link>
          ))}
        </div>
      )}
    </article>
  );
}
