import { favourAtOnce } from "@/app/_data/picture-actions";
import type { Picture } from "./picture-list";

/** Makes a picture a favourite, or no longer; it is shown at once. */
export function useFavourite({ task, image }: Picture): () => void {
  return () => void favourAtOnce(task, [image.id], !image.isFavourite);
}
