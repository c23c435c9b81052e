import { useTranslations } from "next-intl";
import { favourAtOnce } from "@/app/_data/picture-actions";
import { showToast } from "@/app/_shell/toast-store";
import type { Picture } from "./picture-list";

/** Makes a picture a favourite, or no longer. It is shown at once; if the server does not take it, that is said. */
export function useFavourite({ task, image }: Picture): () => Promise<void> {
  const t = useTranslations("sharing");
  return async () => {
    const outcome = await favourAtOnce(task, [image.id], !image.isFavourite);
    if (!outcome.isDone) {
      showToast(outcome.pause ?? t("failed"));
    }
  };
}
