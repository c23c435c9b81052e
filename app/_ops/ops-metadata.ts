import "server-only";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { toLocale } from "@/i18n/to-locale";
import type { OpsPlace } from "./ops-frame";
import { requireOperator } from "./require-operator";

/** The title of one of the operators' screens, which others must not read either. */
export async function readOpsMetadata(
  params: Promise<{ locale: string }>,
  place: OpsPlace,
): Promise<Metadata> {
  await requireOperator();
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "ops" });
  return { title: t(`place.${place}`), robots: { index: false } };
}
