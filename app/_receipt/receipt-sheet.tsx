import { ArrowLeft } from "lucide-react";
import { getFormatter, getTranslations } from "next-intl/server";
import { LatentPrint } from "@/components/latent-print/latent-print";
import { Link } from "@/components/ui/link";
import type { Receipt } from "@/lib/contracts/receipt";
import { PrintButton } from "./print-button";
import { ReceiptAmounts } from "./receipt-amounts";
import { ReceiptMovements } from "./receipt-movements";
import { ReceiptSteps } from "./receipt-steps";
import { ReceiptSupport } from "./receipt-support";

type ReceiptSheetProps = { receipt: Receipt; modelTitle: string };

/** One submit on one sheet of paper: what was asked, what it cost, why, and how anybody can check it. */
export async function ReceiptSheet({ receipt, modelTitle }: ReceiptSheetProps) {
  const [t, format] = await Promise.all([getTranslations("receipt"), getFormatter()]);
  return (
    <div className="mx-auto w-full max-w-2xl">
      <div className="mb-4 flex items-center justify-between gap-4 print:hidden">
        <Link
          href="/credits"
          className="inline-flex min-h-control items-center gap-2 text-ink-2 text-sm hover:text-ink"
        >
          <ArrowLeft size={16} strokeWidth={1.5} aria-hidden="true" />
          {t("back")}
        </Link>
        <PrintButton label={t("print")} />
      </div>
      <article className="rounded-panel border border-line bg-sheet p-5 sm:p-8 print:border-0 print:p-0">
        <header className="flex items-start gap-4">
          <div className="size-14 shrink-0 overflow-hidden rounded-print" aria-hidden="true">
            <LatentPrint
              seed={`${receipt.prompt}#0`}
              ratio={1}
              isBleached={receipt.status === "failed" && receipt.lateAt === null}
            />
          </div>
          <div className="min-w-0">
            <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
            <p className="dotted text-ink-3 text-sm">
              <time dateTime={receipt.createdAt}>
                {format.dateTime(new Date(receipt.createdAt), { dateStyle: "long", timeStyle: "short" })}
              </time>
              <span>
                {modelTitle} ×{receipt.quoted.pictures}
              </span>
            </p>
          </div>
        </header>
        {receipt.prompt !== "" && (
          <p className="mt-6 line-clamp-4 whitespace-pre-wrap" dir="auto">
            {receipt.prompt}
          </p>
        )}
        <ReceiptAmounts receipt={receipt} />
        <ReceiptSteps receipt={receipt} />
        <ReceiptMovements receipt={receipt} />
        <ReceiptSupport receipt={receipt} />
      </article>
    </div>
  );
}
