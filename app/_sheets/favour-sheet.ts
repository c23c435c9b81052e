import { favourAtOnce } from "@/app/_data/picture-actions";
import { showToast } from "@/app/_shell/toast-store";
import type { Task } from "@/lib/contracts/task";
import { isFavouriteSheet } from "./is-favourite-sheet";

/** Makes all pictures of a sheet favourites; when they all are, none of them any longer. Says so if that fails. */
export async function favourSheet(task: Task, failed: string): Promise<void> {
  const isFavourite = !isFavouriteSheet(task);
  const others = task.images.filter((image) => image.isFavourite !== isFavourite);
  const outcome = await favourAtOnce(
    task,
    others.map(({ id }) => id),
    isFavourite,
  );
  if (!outcome.isDone) {
    showToast(outcome.pause ?? failed);
  }
}
