import { setRequestLocale } from "next-intl/server";
import type { DeckItem } from "@/app/_ops/moderation/deck-item";
import { ModerationDeck } from "@/app/_ops/moderation/moderation-deck";
import { OpsFrame } from "@/app/_ops/ops-frame";
import { readOpsMetadata } from "@/app/_ops/ops-metadata";
import { requireOperator } from "@/app/_ops/require-operator";
import { toLocale } from "@/i18n/to-locale";
import { readModeration } from "@/lib/operators/read-moderation";
import { getServices } from "@/lib/services";

type ModerationProps = { params: Promise<{ locale: string }> };

export const generateMetadata = ({ params }: ModerationProps) => readOpsMetadata(params, "moderation");

export default async function ModerationPage({ params }: ModerationProps) {
  setRequestLocale(toLocale((await params).locale));
  await requireOperator();
  const { pictures, appeals } = await readModeration(getServices());
  const items: DeckItem[] = [
    ...pictures.map(
      ({ model, prompt, createdAt, ...picture }): DeckItem => ({
        kind: "picture",
        key: `picture-${picture.id}`,
        id: picture.id,
        model,
        since: createdAt.toISOString(),
        picture,
        prompt,
      }),
    ),
    ...appeals.map(
      ({ subjectId, generationId, createdAt, executedPrompt, wasSent, ...appeal }): DeckItem => ({
        ...appeal,
        kind: "appeal",
        key: `appeal-${subjectId}`,
        id: subjectId,
        taskId: generationId,
        since: createdAt.toISOString(),
        sent: executedPrompt === appeal.prompt ? null : executedPrompt,
        stoppedBy: appeal.picture ? "review" : wasSent ? "model" : "check",
      }),
    ),
  ];
  return (
    <OpsFrame place="moderation">
      <ModerationDeck items={items} />
    </OpsFrame>
  );
}
