import { useTranslations } from "next-intl";
import { changeImage, favourPictures } from "@/app/_data/picture-actions";
import { showToast } from "@/app/_shell/toast-store";
import type { Picture } from "./picture-list";

/** Makes a picture a favourite, or no longer. It is shown at once; if the server does not take it, that is said. */
export function useFavourite(picture: Picture): () => Promise<void> {
  const t = useTranslations("sharing");
  const { image } = picture;
  return async () => {
    const isFavourite = !image.isFavourite;
    const outcome = await changeImage(picture, { isFavourite }, () =>
      favourPictures([image.id], isFavourite),
    );
    if (!outcome.isDone) {
      showToast(outcome.pause ?? t("failed"));
    }
  };
}
