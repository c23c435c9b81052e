import { getTranslations } from "next-intl/server";
import type { StudioFacts } from "@/app/_composer/studio-facts";
import { LatentPrint } from "@/components/latent-print/latent-print";
import { StartComposer } from "./start-composer";

const HERO_SEED = "the first sheet of the day 10";

/** A large sheet in the wash with one sentence on it, and the composer lying across its edge. */
export async function Hero({ facts, signupCredits }: { facts: StudioFacts; signupCredits: number }) {
  const t = await getTranslations("landing");
  return (
    <section className="px-2 lg:px-8">
      <div className="relative overflow-hidden rounded-print">
        <div className="absolute inset-0 max-lg:hidden">
          <LatentPrint seed={HERO_SEED} ratio={2.9} plantCount={7} clearShare={0.5} />
        </div>
        <div className="absolute inset-0 lg:hidden">
          <LatentPrint seed={HERO_SEED} ratio={0.82} plantCount={3} />
          <div className="absolute inset-x-0 top-0 h-3/4 bg-linear-to-b from-60% from-wash-0 to-transparent" />
        </div>
        <div className="relative px-6 pt-12 pb-64 lg:px-18 lg:pt-18 lg:pb-36">
          <h1 className="max-w-[12em] font-semibold text-2xl text-wash-5 tracking-tight lg:text-3xl">
            {t("sentence")}
          </h1>
          <p className="mt-4 max-w-[28em] text-balance text-lg text-wash-5/85">
            {t("lead", { credits: signupCredits })}
          </p>
        </div>
      </div>
      <div className="relative -mt-44 px-2 lg:-mt-20 lg:px-0">
        <StartComposer facts={facts} />
      </div>
    </section>
  );
}
