import { getTranslations } from "next-intl/server";
import { findPurpose } from "@/app/_composer/model-purpose";
import type { ImageModelView } from "@/lib/contracts/models";

/** What each model is for, what a picture of it costs, and how long one takes. */
export async function PriceList({
  models,
  freeMonthlyLimit,
}: {
  models: ImageModelView[];
  freeMonthlyLimit: number;
}) {
  const [t, purpose, model] = await Promise.all([
    getTranslations("landing"),
    getTranslations("models.purpose"),
    getTranslations("composer.model"),
  ]);
  const purposeOf = (id: string) => {
    const known = findPurpose(id);
    return known ? purpose(known) : "";
  };
  return (
    <table className="w-full text-left">
      <thead className="text-ink-3 text-xs">
        <tr className="border-line border-b">
          <th scope="col" className="py-2 pr-4 font-normal">
            {t("priceModel")}
          </th>
          <th scope="col" className="py-2 pr-4 font-normal max-sm:hidden">
            {t("pricePurpose")}
          </th>
          <th scope="col" className="py-2 pr-4 text-right font-normal">
            {t("priceTime")}
          </th>
          <th scope="col" className="py-2 text-right font-normal">
            {t("pricePicture")}
          </th>
        </tr>
      </thead>
      <tbody>
        {models.map(({ id, title, credits, isFree, usualSeconds, slowSeconds }) => (
          <tr key={id} className="border-line border-b">
            <th scope="row" className="whitespace-nowrap py-3 pr-4 font-medium">
              {title}
            </th>
            <td className="py-3 pr-4 text-ink-2 max-sm:hidden">{purposeOf(id)}</td>
            <td className="whitespace-nowrap tabular-nums py-3 pr-4 text-right text-ink-2">
              {model("seconds", { usual: usualSeconds, slow: slowSeconds })}
            </td>
            <td className="whitespace-nowrap tabular-nums py-3 text-right">
              {isFree ? t("priceFree", { limit: freeMonthlyLimit }) : model("credits", { credits })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
