import { getTranslations, setRequestLocale } from "next-intl/server";
import { ActForm } from "@/app/_ops/act-form";
import { readActWords } from "@/app/_ops/act-words";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { requireOperator } from "@/app/_ops/require-operator";
import { toLocale } from "@/i18n/to-locale";

type GrantsProps = {
  params: Promise<{ locale: string }>;
  /** `email` is whom somebody was about to give credits to. */
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const generateMetadata = ({ params }: GrantsProps) => readOpsMetadata(params, "grants");

export default async function GrantsPage({ params, searchParams }: GrantsProps) {
  setRequestLocale(toLocale((await params).locale));
  await requireOperator();
  const { email } = await searchParams;
  const whom = typeof email === "string" ? email : "";
  const t = await getTranslations("ops");
  return (
    <OpsFrame place="grants">
      <ActForm
        key={whom}
        act={{ act: "grant" }}
        isKeyed
        fields={[
          { name: "email", label: t("email"), type: "email", defaultValue: whom },
          { name: "amount", label: t("amount"), type: "number" },
          { name: "reason", label: t("reason"), hint: t("toldHint") },
        ]}
        submitLabel={t("grant")}
        words={await readActWords()}
      />
    </OpsFrame>
  );
}
