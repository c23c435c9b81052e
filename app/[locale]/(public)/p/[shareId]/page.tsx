import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations, setRequestLocale } from "next-intl/server";
import { cache } from "react";
import { SharedPicturePage } from "@/app/_share/shared-picture-page";
import { toLocale } from "@/i18n/to-locale";
import { findShared } from "@/lib/library/find-shared";
import { listImageModels } from "@/lib/models/list-models";
import { getServices } from "@/lib/services";

type ShareRouteProps = { params: Promise<{ locale: string; shareId: string }> };

const readShared = cache((shareId: string) => findShared(getServices(), shareId));
const titleOf = (model: string) => listImageModels().find(({ id }) => id === model)?.title ?? model;

export async function generateMetadata({ params }: ShareRouteProps): Promise<Metadata> {
  const { locale, shareId } = await params;
  const picture = await readShared(shareId);
  if (!picture) {
    return {};
  }
  const t = await getTranslations({ locale: toLocale(locale), namespace: "share" });
  const title = t("title", { model: titleOf(picture.model) });
  const description = picture.prompt ?? t("description");
  const images = [{ url: `/img/card/${shareId}`, width: 1200, height: 630, type: "image/jpeg", alt: title }];
  return {
    title,
    description,
    // A link is for those who were given it; only public pictures are for search engines.
    robots: { index: picture.isPublic },
    openGraph: { title, description, images, type: "article" },
    twitter: { card: "summary_large_image", title, description, images },
  };
}

export default async function ShareRoute({ params }: ShareRouteProps) {
  const { locale, shareId } = await params;
  setRequestLocale(toLocale(locale));
  const picture = await readShared(shareId);
  if (!picture) {
    notFound();
  }
  return <SharedPicturePage picture={picture} modelTitle={titleOf(picture.model)} />;
}
