"use client";

import { useTranslations } from "next-intl";
import { replaceText } from "@/app/_composer/draft-store";
import { LatentPrint } from "@/components/latent-print/latent-print";

/** Before the first picture: prompts to begin with, as the prints that they would wait as. */
export function EmptyStream({ examples }: { examples: string[] }) {
  const t = useTranslations("sheet");
  const choose = (prompt: string) => {
    replaceText(prompt);
    document.getElementById("prompt")?.focus();
  };
  return (
    <section aria-labelledby="empty-heading">
      <h2 id="empty-heading" className="mb-1 font-semibold text-lg">
        {t("emptyTitle")}
      </h2>
      <p className="mb-4 text-ink-2">{t("emptyText")}</p>
      <ul className="grid gap-2 sm:grid-cols-3">
        {examples.map((prompt) => (
          <li key={prompt}>
            <button
              type="button"
              onClick={() => choose(prompt)}
              className="focus-on-picture block aspect-3/2 w-full overflow-hidden rounded-print text-left"
            >
              <LatentPrint seed={`${prompt}#0`} ratio={1.5} words={prompt} />
              <span className="sr-only">{t("useExample", { prompt })}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
