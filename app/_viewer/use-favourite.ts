import { changeImage, favourPictures } from "@/app/_data/picture-actions";
import type { Picture } from "./picture-list";

/** Makes a picture a favourite, or no longer; it is shown at once. */
export function useFavourite(picture: Picture): () => void {
  const { image } = picture;
  return () => {
    const isFavourite = !image.isFavourite;
    void changeImage(picture, { isFavourite }, () => favourPictures([image.id], isFavourite));
  };
}
