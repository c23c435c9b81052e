import { getFormatter, getTranslations } from "next-intl/server";
import type { SharedPicture } from "@/lib/contracts/explore";
import { MakeYourOwn } from "./make-your-own";

const WIDTHS = [480, 960, 1280] as const;

type SharedPicturePageProps = { picture: SharedPicture; modelTitle: string };

/** One picture as its owner wants others to see it. */
export async function SharedPicturePage({ picture, modelTitle }: SharedPicturePageProps) {
  const [t, viewer, format] = await Promise.all([
    getTranslations("share"),
    getTranslations("viewer"),
    getFormatter(),
  ]);
  const { imageUrl, width, height, preview, prompt } = picture;
  const alt = prompt ?? t("alt", { model: modelTitle });
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto flex w-full max-w-[84rem] flex-1 gap-8 pb-18 outline-none max-lg:flex-col lg:px-8 lg:pt-4"
    >
      <div className="flex min-w-0 flex-1 items-center justify-center rounded-panel bg-tray lg:p-8 max-lg:rounded-none">
        {/* biome-ignore lint/performance/noImgElement: access is checked at this address, which an optimizer would not do. */}
        <img
          src={`${imageUrl}?w=960`}
          srcSet={WIDTHS.map((size) => `${imageUrl}?w=${size} ${size}w`).join(", ")}
          sizes="(min-width: 64rem) 60vw, 100vw"
          width={width}
          height={height}
          alt={alt}
          fetchPriority="high"
          className="max-h-[80dvh] w-auto max-w-full rounded-print bg-cover object-contain max-lg:rounded-none"
          style={{
            aspectRatio: `${width}/${height}`,
            ...(preview ? { backgroundImage: `url("${preview}")` } : {}),
          }}
        />
      </div>
      <div className="flex flex-col gap-6 max-lg:px-4 lg:w-80 lg:shrink-0 lg:pt-8">
        <h1 className={prompt ? "text-lg" : "font-semibold text-lg"} dir="auto">
          {prompt ?? t("title", { model: modelTitle })}
        </h1>
        <MakeYourOwn prompt={prompt} model={picture.model} ratio={picture.aspectRatio} />
        <dl className="space-y-4 text-sm">
          <div>
            <dt className="text-ink-3 text-xs">{viewer("model")}</dt>
            <dd>{modelTitle}</dd>
          </div>
          <div>
            <dt className="text-ink-3 text-xs">{viewer("shape")}</dt>
            <dd className="numeric">
              {picture.aspectRatio} · {width}×{height}
            </dd>
          </div>
          <div>
            <dt className="text-ink-3 text-xs">{viewer("time")}</dt>
            <dd>
              <time dateTime={picture.createdAt}>
                {format.dateTime(new Date(picture.createdAt), { dateStyle: "long" })}
              </time>
            </dd>
          </div>
        </dl>
        <p className="border-line border-t pt-4 text-ink-3 text-sm">{t("aiMark")}</p>
      </div>
    </main>
  );
}
