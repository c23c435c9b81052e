import { getTranslations, setRequestLocale } from "next-intl/server";
import { readActWords } from "@/app/_ops/act-words";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { PauseSwitch } from "@/app/_ops/pause-switch";
import { requireOperator } from "@/app/_ops/require-operator";
import { SpendSwitch } from "@/app/_ops/spend-switch";
import { toLocale } from "@/i18n/to-locale";
import { ServiceName } from "@/lib/contracts/operators";
import { readSwitches } from "@/lib/operators/read-switches";
import { getServices } from "@/lib/services";

type SwitchesProps = { params: Promise<{ locale: string }> };

export const generateMetadata = ({ params }: SwitchesProps) => readOpsMetadata(params, "switches");

export default async function SwitchesPage({ params }: SwitchesProps) {
  setRequestLocale(toLocale((await params).locale));
  await requireOperator();
  const { models, services, spend } = await readSwitches(getServices());
  const t = await getTranslations("ops");
  const words = await readActWords();
  return (
    <OpsFrame place="switches">
      <p className="max-w-prose text-ink-2 text-sm">{t("switchesNote")}</p>
      <h2 className="font-semibold text-lg">{t("parts")}</h2>
      {ServiceName.options.map((service) => (
        <PauseSwitch
          key={service}
          id={`service-${service}`}
          title={t(`service.${service}.title`)}
          note={t(`service.${service}.note`)}
          sentence={services[service]}
          pause={{ act: "pause_service", service }}
          resume={{ act: "resume_service", service }}
          words={words}
        />
      ))}
      <SpendSwitch spend={spend} words={words} />
      <h2 className="font-semibold text-lg">{t("models")}</h2>
      {models.map(({ id, title, usualSeconds, slowSeconds, sentence }) => (
        <PauseSwitch
          key={id}
          id={id}
          title={title}
          code={id}
          note={t("times", { usual: usualSeconds, slow: slowSeconds })}
          sentence={sentence}
          pause={{ act: "pause", model: id }}
          resume={{ act: "resume", model: id }}
          words={words}
        />
      ))}
    </OpsFrame>
  );
}
