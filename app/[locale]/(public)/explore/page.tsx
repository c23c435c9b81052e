import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { ExploreFilters } from "@/app/_explore/explore-filters";
import { ExploreWall } from "@/app/_explore/explore-wall";
import { LatentPrint } from "@/components/latent-print/latent-print";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { toLocale } from "@/i18n/to-locale";
import { ExploreQuery } from "@/lib/contracts/explore";
import { listExplore } from "@/lib/library/list-explore";
import { listImageModels } from "@/lib/models/list-models";
import { getServices } from "@/lib/services";

type ExplorePageProps = {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: ExplorePageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "explore" });
  return { title: t("title"), description: t("lead") };
}

export default async function ExploreRoute({ params, searchParams }: ExplorePageProps) {
  setRequestLocale(toLocale((await params).locale));
  const { model, ratio } = await searchParams;
  const parsed = ExploreQuery.safeParse({ ...(model ? { model } : {}), ...(ratio ? { ratio } : {}) });
  // What is no filter is none, whoever wrote the address.
  const query = parsed.success ? parsed.data : {};
  const [t, page] = await Promise.all([getTranslations("explore"), listExplore(getServices(), query)]);
  const pictures = page?.pictures ?? [];
  return (
    <main id="main" tabIndex={-1} className="flex-1 px-4 pt-8 pb-18 outline-none lg:px-8">
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className="mt-2 mb-6 max-w-prose text-ink-2">{t("lead")}</p>
      <ExploreFilters chosen={query} models={listImageModels().map(({ id, title }) => ({ id, title }))} />
      {pictures.length === 0 ? (
        <section className="flex flex-col items-start gap-4 py-8">
          <div className="aspect-3/2 w-72 overflow-hidden rounded-print">
            <LatentPrint seed="explore" ratio={1.5} />
          </div>
          <p className="text-ink-2">{query.model || query.ratio ? t("noMatch") : t("empty")}</p>
          <Link href="/create" className={buttonLook({ tone: "primary" })}>
            {t("make")}
          </Link>
        </section>
      ) : (
        <ExploreWall
          key={`${query.model}${query.ratio}`}
          firstPage={{ pictures, nextCursor: page?.nextCursor ?? null }}
          query={query}
        />
      )}
    </main>
  );
}
