import type { Task, TaskImage } from "@/lib/contracts/task";

/** A picture and the task it came from. */
export type Picture = { image: TaskImage; task: Task; place: number };

/** All pictures of these tasks in the order in which they lie on the page. */
export function listPictures(tasks: readonly Task[]): Picture[] {
  return tasks
    .filter((task) => !task.isDeleted)
    .flatMap((task) => task.images.map((image, place) => ({ image, task, place })));
}
