import clsx from "clsx";
import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { endReasonOf } from "@/app/_sheets/end-reason";
import { SentenceGap } from "@/components/ui/sentence-gap";
import type { Receipt } from "@/lib/contracts/receipt";

/** What came of it in a sentence, then from the quote to what was paid, in figures. */
export async function ReceiptAmounts({ receipt }: { receipt: Receipt }) {
  const [t, format] = await Promise.all([getTranslations("receipt"), getFormatter()]);
  const { quoted, held, captured, released, refunded, unit } = receipt;
  const paid = captured === null ? null : captured - refunded;
  return (
    <section aria-labelledby="amounts" className="mt-6">
      <h2 id="amounts" className="sr-only">
        {t("amounts")}
      </h2>
      <p className={clsx("rounded-control px-3 py-2", LOOK_OF_STATUS[receipt.status])}>
        <Verdict receipt={receipt} />
      </p>
      <dl className="mt-4 text-sm">
        <Amount name={t("quoted")} note={`${quoted.pictures} × ${format.number(quoted.perPicture)}`}>
          {format.number(quoted.total)}
        </Amount>
        <Amount name={t("held")}>{format.number(held)}</Amount>
        <Amount name={t("charged")} note={captured ? t("storedCount", { count: receipt.stored }) : null}>
          {captured === null ? "–" : format.number(captured)}
        </Amount>
        <Amount name={t("returned")}>{released === null ? "–" : format.number(released)}</Amount>
        {refunded > 0 && <Amount name={t("refunded")}>{format.number(refunded)}</Amount>}
        <div className="flex items-baseline justify-between gap-4 border-ink border-t pt-3 font-semibold text-base">
          <dt>{t("paid")}</dt>
          <dd data-testid="receipt-paid">
            {paid === null ? t("notYet") : t(`unit.${unit}`, { amount: paid })}
          </dd>
        </div>
      </dl>
    </section>
  );
}

const LOOK_OF_STATUS: Record<Receipt["status"], string> = {
  processing: "bg-warn-soft",
  succeeded: "bg-prussian-soft",
  failed: "bg-ok-soft",
  canceled: "bg-ok-soft",
};

async function Verdict({ receipt }: { receipt: Receipt }) {
  const [t, ended, format] = await Promise.all([
    getTranslations("receipt"),
    getTranslations("ended"),
    getFormatter(),
  ]);
  const amount = (value: number) => t(`unit.${receipt.unit}`, { amount: value });
  const time = format.dateTime(new Date(receipt.deadlineAt), { timeStyle: "short" });
  switch (receipt.status) {
    case "processing":
      return t("verdict.processing", { amount: amount(receipt.held), time });
    case "succeeded":
      return receipt.released
        ? t("verdict.partly", {
            charged: amount(receipt.captured ?? 0),
            returned: amount(receipt.released),
            made: receipt.stored,
            asked: receipt.quoted.pictures,
          })
        : t("verdict.charged", { charged: amount(receipt.captured ?? 0), count: receipt.stored });
    case "canceled":
      return t("verdict.returned", {
        why: ended(`canceled.${receipt.canceledBy ?? "owner"}`),
        returned: amount(receipt.held),
      });
    case "failed": {
      const why = ended(`reason.${endReasonOf(receipt)}`, { time });
      return (
        <>
          {receipt.blockedBy === "check"
            ? why
            : t("verdict.returned", { why, returned: amount(receipt.held) })}
          <SentenceGap />
          {receipt.lateAt && t("verdict.late", { count: receipt.stored })}
        </>
      );
    }
  }
}

function Amount({ name, note, children }: { name: string; note?: string | null; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-line border-t py-2 first:border-0">
      <dt>
        {name}
        {note && <span className="ml-2 text-ink-3 text-xs tabular-nums">{note}</span>}
      </dt>
      <dd className="numeric">{children}</dd>
    </div>
  );
}
