"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { replaceText, saveDraft } from "@/app/_composer/draft-store";
import { LatentPrint } from "@/components/latent-print/latent-print";
import { Button } from "@/components/ui/button";
import { localizePath } from "@/i18n/localize-path";
import { type LibraryFilters, listNarrowing, NO_FILTERS } from "./library-filters";

type LibraryEmptyProps = {
  filters: LibraryFilters;
  examples: string[];
  onChange: (change: Partial<LibraryFilters>) => void;
};

/** Nothing here: which filter to drop, or a prompt to begin with. */
export function LibraryEmpty({ filters, examples, onChange }: LibraryEmptyProps) {
  const t = useTranslations("library");
  const narrowing = listNarrowing(filters);
  if (narrowing.length > 0) {
    return (
      <section className="flex flex-col items-start gap-4 py-12">
        <div>
          <h2 className="font-semibold text-lg">{t("noMatch")}</h2>
          <p className="text-ink-2">{t("noMatchText")}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          {narrowing.map((name) => (
            <Button key={name} size="small" onClick={() => onChange({ [name]: NO_FILTERS[name] })}>
              {t(`drop.${name}`)}
            </Button>
          ))}
        </div>
      </section>
    );
  }
  if (filters.state !== "made") {
    return (
      <section className="flex flex-col items-start gap-4 py-12">
        <div className="aspect-3/2 w-60 overflow-hidden rounded-print">
          <LatentPrint seed={filters.state} ratio={1.5} isBleached />
        </div>
        <p className="text-ink-2">{t(`empty.${filters.state}`)}</p>
      </section>
    );
  }
  return <Beginning examples={examples} />;
}

function Beginning({ examples }: { examples: string[] }) {
  const t = useTranslations("library");
  const sheet = useTranslations("sheet");
  const router = useRouter();
  const locale = useLocale();
  const begin = (prompt: string) => {
    replaceText(prompt);
    saveDraft();
    router.push(localizePath("/create", locale));
  };
  return (
    <section className="py-8">
      <h2 className="font-semibold text-lg">{t("empty.title")}</h2>
      <p className="mb-4 text-ink-2">{t("empty.made")}</p>
      <ul className="grid gap-2 sm:grid-cols-3">
        {examples.map((prompt) => (
          <li key={prompt}>
            <button
              type="button"
              onClick={() => begin(prompt)}
              className="focus-on-picture block aspect-3/2 w-full overflow-hidden rounded-print text-left"
            >
              <LatentPrint seed={`${prompt}#0`} ratio={1.5} words={prompt} />
              <span className="sr-only">{sheet("useExample", { prompt })}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The list could not be had. */
export function LibraryError({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations("library");
  return (
    <section role="alert" className="flex flex-col items-start gap-4 py-12">
      <p>{t("error")}</p>
      <Button onClick={onRetry}>{t("retry")}</Button>
    </section>
  );
}
