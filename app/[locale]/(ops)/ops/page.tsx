import { setRequestLocale } from "next-intl/server";
import { FailureTable } from "@/app/_ops/failure-table";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { ModelTable } from "@/app/_ops/overview/model-table";
import { StandingFacts } from "@/app/_ops/overview/standing-facts";
import { TargetTable } from "@/app/_ops/overview/target-table";
import { requireOperator } from "@/app/_ops/require-operator";
import { toLocale } from "@/i18n/to-locale";
import { readFlow } from "@/lib/operators/read-flow";
import { readOverview } from "@/lib/operators/read-overview";
import { getServices } from "@/lib/services";

type OverviewProps = { params: Promise<{ locale: string }> };

export const generateMetadata = ({ params }: OverviewProps) => readOpsMetadata(params, "overview");

export default async function OverviewPage({ params }: OverviewProps) {
  setRequestLocale(toLocale((await params).locale));
  await requireOperator();
  const services = getServices();
  const { targets, failures, queues, checks, openCircuits } = await readOverview(services);
  // Not at once: both together would take every connection that people's requests have.
  const { pace, models, lag, growth, freeUse } = await readFlow(services);
  return (
    <OpsFrame place="overview">
      <StandingFacts
        queues={queues}
        checks={checks}
        openCircuits={openCircuits}
        pace={pace}
        freeUse={freeUse}
      />
      <TargetTable targets={targets} lag={lag} growth={growth} />
      <FailureTable failures={failures} targets={targets} />
      <ModelTable models={models} />
    </OpsFrame>
  );
}
