import { getLocale, getTranslations } from "next-intl/server";
import { ChoiceLinks } from "@/components/ui/choice-links";
import { localizePath } from "@/i18n/localize-path";
import { ASPECT_RATIOS } from "@/lib/contracts/aspect-ratios";
import type { ExploreQuery } from "@/lib/contracts/explore";

type ExploreFiltersProps = { chosen: ExploreQuery; models: { id: string; title: string }[] };

/** By model and by shape; each choice is an address of its own. */
export async function ExploreFilters({ chosen, models }: ExploreFiltersProps) {
  const [t, locale] = await Promise.all([getTranslations("explore"), getLocale()]);
  const hrefOf = (change: { model?: string | undefined; ratio?: string | undefined }) => {
    const wanted = { model: chosen.model, ratio: chosen.ratio, ...change };
    const params = new URLSearchParams(
      Object.entries(wanted).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    );
    return localizePath(params.size === 0 ? "/explore" : `/explore?${params}`, locale);
  };
  return (
    <nav aria-label={t("filters")} className="mb-6 flex flex-col gap-2">
      <ChoiceLinks
        current={chosen.model}
        choices={[
          { value: undefined, text: t("allModels") },
          ...models.map(({ id, title }) => ({ value: id, text: title })),
        ]}
        hrefOf={(model) => hrefOf({ model })}
      />
      <ChoiceLinks
        current={chosen.ratio}
        choices={[
          { value: undefined, text: t("allShapes") },
          ...ASPECT_RATIOS.map((ratio) => ({ value: ratio, text: ratio })),
        ]}
        hrefOf={(ratio) => hrefOf({ ratio })}
      />
    </nav>
  );
}
