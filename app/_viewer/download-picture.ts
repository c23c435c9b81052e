import type { Picture } from "./picture-list";

/** What a picture's file is called where it is saved. */
export function fileNameOf({ image, task }: Picture): string {
  return `sunprint-${image.id}.${task.outputFormat}`;
}

/** Saves a picture as its link does, also while its link is not on the page. */
export function downloadPicture(picture: Picture): void {
  const link = document.createElement("a");
  link.href = picture.image.url;
  link.download = fileNameOf(picture);
  link.click();
}
