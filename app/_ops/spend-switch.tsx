import { getFormatter, getTranslations } from "next-intl/server";
import { MICROUSD_PER_USD } from "@/lib/ai-gateway-utils";
import { ActForm } from "./act-form";
import type { ActWords } from "./act-words";

type SpendSwitchProps = {
  spend: { limitMicrousd: number; spentMicrousd: number; sentence: string } | null;
  words: ActWords;
};

/** What providers may bill in a day, what was counted of it, and the acts that change the limit. */
export async function SpendSwitch({ spend, words }: SpendSwitchProps) {
  const [t, format] = await Promise.all([getTranslations("ops"), getFormatter()]);
  const usd = (microusd: number) =>
    format.number(microusd / MICROUSD_PER_USD, { style: "currency", currency: "USD" });
  return (
    <section aria-labelledby="spend" className="rounded-panel border border-line bg-sheet p-4">
      <h3 id="spend" className="mb-2 font-semibold">
        {t("spend")}
      </h3>
      <p
        className={
          spend && spend.spentMicrousd >= spend.limitMicrousd ? "mb-4 text-sm text-warn" : "mb-4 text-sm"
        }
      >
        {spend
          ? t("spentOf", {
              spent: usd(spend.spentMicrousd),
              limit: usd(spend.limitMicrousd),
              sentence: spend.sentence,
            })
          : t("noLimit")}
      </p>
      <div className="space-y-4">
        <ActForm
          act={{ act: "limit_spend" }}
          fields={[
            { name: "amount", label: t("dollars"), type: "number" },
            { name: "reason", label: t("sentenceAtLimit") },
          ]}
          submitLabel={t("limit")}
          words={words}
        />
        {spend && (
          <ActForm act={{ act: "unlimit_spend" }} fields={[]} submitLabel={t("unlimit")} words={words} />
        )}
      </div>
    </section>
  );
}
