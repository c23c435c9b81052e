import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { ReceiptSheet } from "@/app/_receipt/receipt-sheet";
import { requireVisitor } from "@/app/_shell/find-visitor";
import { toLocale } from "@/i18n/to-locale";
import { readReceipt } from "@/lib/generation/read-receipt";
import { listImageModels } from "@/lib/models/list-models";
import { getServices } from "@/lib/services";

type ReceiptRouteProps = { params: Promise<{ locale: string; id: string }> };

export async function generateMetadata({ params }: ReceiptRouteProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "receipt" });
  return { title: t("title"), robots: { index: false } };
}

export default async function ReceiptPage({ params }: ReceiptRouteProps) {
  const { locale, id } = await params;
  setRequestLocale(toLocale(locale));
  const principal = await requireVisitor(`/credits/receipts/${encodeURIComponent(id)}`);
  const receipt = await readReceipt(getServices(), { principal, generationId: id });
  if (!receipt) {
    notFound();
  }
  const model = listImageModels().find(({ id: known }) => known === receipt.model);
  return <ReceiptSheet receipt={receipt} modelTitle={model?.title ?? receipt.model} />;
}
