import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import type { Picture } from "./picture-list";

/** The pictures beside one, and the way to them. */
export type Neighbours = {
  previous: Picture | null;
  next: Picture | null;
  onShow: (picture: Picture) => void;
};

/** To the pictures beside this one, as far as there are any. */
export function PictureArrows({ previous, next, onShow }: Neighbours) {
  const t = useTranslations("viewer");
  return (
    <div className="flex rounded-control bg-sheet/90">
      {previous && <IconButton icon={ChevronLeft} label={t("previous")} onClick={() => onShow(previous)} />}
      {next && <IconButton icon={ChevronRight} label={t("next")} onClick={() => onShow(next)} />}
    </div>
  );
}
