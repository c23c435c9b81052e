import type { TaskImage } from "@/lib/contracts/task";

/** Whether a sheet is a favourite: when each of its pictures is one. */
export function isFavouriteSheet({ images }: { images: readonly Pick<TaskImage, "isFavourite">[] }): boolean {
  return images.every((image) => image.isFavourite);
}
