import { getTranslations } from "next-intl/server";
import { Fragment } from "react";
import type { Receipt } from "@/lib/contracts/receipt";

/** Numbers that help somebody else to find it: ours, the provider's, the gateway's. */
export async function ReceiptSupport({ receipt }: { receipt: Receipt }) {
  const t = await getTranslations("receipt");
  return (
    <section aria-labelledby="support" className="mt-8 text-xs">
      <h2 id="support" className="mb-2 font-semibold text-base">
        {t("support")}
      </h2>
      <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
        <Id name={t("generationId")} value={receipt.id} />
        {receipt.attempts.map(({ number, predictionId, gatewayLogId }) => (
          <Fragment key={number}>
            {predictionId && <Id name={t("predictionId")} value={predictionId} />}
            {gatewayLogId && <Id name={t("gatewayLogId")} value={gatewayLogId} />}
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

function Id({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="numeric select-all break-all max-sm:mb-2">{value}</dd>
    </>
  );
}
