import type { ImageModelView } from "@/lib/contracts/models";

/** A model's name without its family's, where all are of one family. */
export function shortTitle({ title }: Pick<ImageModelView, "title">): string {
  return title.replace(/^FLUX /, "");
}
