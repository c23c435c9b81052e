import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { requireVisitor } from "@/app/_shell/find-visitor";
import { listPictures } from "@/app/_viewer/picture-list";
import { PicturePage } from "@/app/_viewer/picture-page";
import { toLocale } from "@/i18n/to-locale";
import { findTaskOfImage } from "@/lib/generation/find-task-of-image";
import { listImageModels } from "@/lib/models/list-models";
import { getServices } from "@/lib/services";

type PictureRouteProps = { params: Promise<{ locale: string; imageId: string }> };

export async function generateMetadata({ params }: PictureRouteProps): Promise<Metadata> {
  const t = await getTranslations({ locale: toLocale((await params).locale), namespace: "viewer" });
  return { title: t("title"), robots: { index: false } };
}

export default async function PictureRoute({ params }: PictureRouteProps) {
  const { locale, imageId } = await params;
  setRequestLocale(toLocale(locale));
  const visitor = await requireVisitor(`/create/${imageId}`);
  const task = await findTaskOfImage(getServices(), { userId: visitor.userId, imageId });
  const picture = task && listPictures([task]).find(({ image }) => image.id === imageId);
  if (!picture) {
    notFound();
  }
  return (
    <PicturePage picture={picture} model={listImageModels().find(({ id }) => id === picture.task.model)} />
  );
}
