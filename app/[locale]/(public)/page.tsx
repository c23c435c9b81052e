import { getTranslations, setRequestLocale } from "next-intl/server";
import { type Example, ExampleWall } from "@/app/_landing/example-wall";
import { Hero } from "@/app/_landing/hero";
import { PriceList } from "@/app/_landing/price-list";
import { findVisitor } from "@/app/_shell/find-visitor";
import { readStudioFacts } from "@/app/_shell/read-studio-facts";
import { env } from "@/env.mjs";
import { toLocale } from "@/i18n/to-locale";

const PROMISES = ["money", "private", "language"] as const;

export default async function LandingPage({ params }: { params: Promise<{ locale: string }> }) {
  setRequestLocale(toLocale((await params).locale));
  const [t, example, facts] = await Promise.all([
    getTranslations("landing"),
    getTranslations("examples"),
    readStudioFacts(await findVisitor()),
  ]);
  const { SIGNUP_CREDITS, FREE_MONTHLY_LIMIT } = env();
  const rows: Example[][] = [
    [
      { prompt: example("greenhouse"), ratio: "3:2" },
      { prompt: example("sailor"), ratio: "4:5" },
      { prompt: example("street"), ratio: "16:9" },
      { prompt: example("kettle"), ratio: "1:1" },
    ],
    [
      { prompt: example("moth"), ratio: "1:1" },
      { prompt: example("valley"), ratio: "21:9" },
      { prompt: example("stairs"), ratio: "2:3" },
      { prompt: example("fox"), ratio: "3:2" },
    ],
  ];
  return (
    <main id="main" tabIndex={-1} className="flex-1 pb-18 outline-none">
      <Hero facts={facts} signupCredits={SIGNUP_CREDITS} />
      <div className="mx-auto max-w-[84rem] px-4 lg:px-8">
        <section aria-labelledby="examples" className="mt-18">
          <h2 id="examples" className="mb-1 font-semibold text-xl tracking-tight">
            {t("examplesTitle")}
          </h2>
          <p className="mb-6 text-ink-2">{t("examplesText")}</p>
          <ExampleWall rows={rows} />
        </section>
        <section aria-labelledby="prices" className="mt-18 grid gap-x-18 gap-y-6 lg:grid-cols-[1fr_2fr]">
          <div>
            <h2 id="prices" className="mb-1 font-semibold text-xl tracking-tight">
              {t("pricesTitle")}
            </h2>
            <p className="text-ink-2">{t("pricesText", { credits: SIGNUP_CREDITS })}</p>
          </div>
          <PriceList models={facts.models} freeMonthlyLimit={FREE_MONTHLY_LIMIT} />
        </section>
        <section
          aria-label={t("promisesTitle")}
          className="mt-18 grid gap-8 border-line border-t pt-8 lg:grid-cols-3"
        >
          {PROMISES.map((name) => (
            <div key={name}>
              <h2 className="mb-1 font-semibold">{t(`promise.${name}.title`)}</h2>
              <p className="text-ink-2">{t(`promise.${name}.text`)}</p>
            </div>
          ))}
        </section>
      </div>
    </main>
  );
}
