import { favourAtOnce } from "@/app/_data/picture-actions";
import type { Task } from "@/lib/contracts/task";
import { isFavouriteSheet } from "./is-favourite-sheet";

/** Makes all pictures of a sheet favourites; when they all are, none of them any longer. */
export function favourSheet(task: Task): Promise<void> {
  const isFavourite = !isFavouriteSheet(task);
  const others = task.images.filter((image) => image.isFavourite !== isFavourite);
  return favourAtOnce(
    task,
    others.map(({ id }) => id),
    isFavourite,
  );
}
