import { getTranslations } from "next-intl/server";

type StatusRowProps = {
  title: string;
  /** The operators' sentence while it is paused. */
  sentence: string | null;
  /** What was measured of it. */
  fact?: string;
};

/** One thing of the service: on, or paused and why. */
export async function StatusRow({ title, sentence, fact }: StatusRowProps) {
  const t = await getTranslations("statusPage");
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-line border-t py-3">
      <span className="font-medium">{title}</span>
      <span className={sentence === null ? "text-ok text-sm" : "text-sm text-warn"}>
        {sentence === null ? t("on") : t("paused")}
      </span>
      {fact && <span className="ml-auto text-ink-2 text-sm tabular-nums">{fact}</span>}
      {sentence !== null && <p className="w-full text-warn">{sentence}</p>}
    </li>
  );
}
