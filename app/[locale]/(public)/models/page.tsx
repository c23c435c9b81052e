import type { Metadata } from "next";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { findPurpose } from "@/app/_composer/model-purpose";
import { ModelCard } from "@/app/_models/model-card";
import { Link } from "@/components/ui/link";
import { env } from "@/env.mjs";
import { toLocale } from "@/i18n/to-locale";
import { isImageModelId } from "@/lib/ai-gateway-utils";
import { listExplore } from "@/lib/library/list-explore";
import { readModels } from "@/lib/models/read-models";
import { getServices } from "@/lib/services";

const SAMPLES = 4;

type ModelsPageProps = { params: Promise<{ locale: string }> };

export async function generateMetadata({ params }: ModelsPageProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "modelsPage" });
  return { title: t("title"), description: t("lead") };
}

export default async function ModelsPage({ params }: ModelsPageProps) {
  setRequestLocale(toLocale((await params).locale));
  const services = getServices();
  const [t, purpose, { models }] = await Promise.all([
    getTranslations("modelsPage"),
    getTranslations("models.purpose"),
    readModels(services, { window: "week" }),
  ]);
  const cards = await Promise.all(
    models
      .filter((model) => model.kind === "image")
      .map(async (model) => {
        const page = isImageModelId(model.id)
          ? await listExplore(services, { model: model.id, limit: SAMPLES })
          : null;
        const known = findPurpose(model.id);
        return { model, purpose: known ? purpose(known) : "", samples: page?.pictures ?? [] };
      }),
  );
  return (
    <main id="main" tabIndex={-1} className="mx-auto w-full max-w-4xl flex-1 px-4 pt-8 pb-18 outline-none">
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className="mt-2 mb-8 max-w-prose text-ink-2">
        {t("lead")}{" "}
        <Link href="/status" className="text-prussian underline underline-offset-2">
          {t("status")}
        </Link>
      </p>
      <ul>
        {cards.map((card) => (
          <li key={card.model.id} className="border-line border-t py-6">
            <ModelCard {...card} freeMonthlyLimit={env().FREE_MONTHLY_LIMIT} />
          </li>
        ))}
      </ul>
    </main>
  );
}
