import { useTranslations } from "next-intl";
import {
  binPictures,
  favourPictures,
  type Outcome,
  restorePictures,
  type ShareChoice,
  sharePictures,
} from "@/app/_data/picture-actions";
import { hideToast, showToast, type ToastActions } from "@/app/_shell/toast-store";
import { markFavourites, renewDetails, useDetails } from "./detail-store";
import { leave } from "./leaving-store";
import { listFavourites, refreshLibrary } from "./library-queries";
import type { LibraryTile } from "./library-tiles";
import { clearSelection } from "./selection-store";

type Tiles = readonly LibraryTile[];

const idsOf = (some: Tiles) => ({
  images: some.flatMap(({ imageId }) => imageId ?? []),
  tasks: some.flatMap(({ imageId, taskId }) => (imageId ? [] : taskId)),
});

type Act = {
  send: () => Promise<Outcome>;
  /** What there is to say once it is done. */
  said: string;
  actions?: ToastActions;
  /** They leave the list in view, at once; back they come if it is not done. */
  isLeaving?: boolean;
};

/** Counts acts: Undo stands for the newest alone, however late the answers come. */
let newest = 0;

/** What can be done to tiles. It shows at once; what it came to is read anew and said, whatever the answer was. */
export function useLibraryActs() {
  const t = useTranslations("library");

  const act = async (some: Tiles, { send, said, actions, isLeaving = false }: Act) => {
    clearSelection();
    hideToast();
    newest += 1;
    const turn = newest;
    const settle = isLeaving ? leave(some.map(({ key }) => key)) : null;
    const outcome = await send();
    renewDetails(some.map(({ taskId }) => taskId));
    await refreshLibrary();
    settle?.();
    if (!outcome.isDone) {
      showToast(outcome.pause ?? t("failed"));
    } else if (turn === newest) {
      showToast(said, actions);
    }
  };

  const restore = (some: Tiles) =>
    void act(some, {
      send: () => restorePictures(idsOf(some)),
      said: t("restored", { count: some.length }),
      isLeaving: true,
    });

  const takeOut = (some: Tiles, said: string, more?: ToastActions["more"]) =>
    act(some, {
      send: () => binPictures(idsOf(some)),
      said,
      actions: { undo: () => restore(some), ...(more && { more }) },
      isLeaving: true,
    });

  const binAll = (some: Tiles) => void takeOut(some, t("binned", { count: some.length }));

  /** One picture goes, whatever it is. Of several the favourites stay, until they are asked for by themselves. */
  const bin = async (some: Tiles) => {
    if (idsOf(some).images.length < 2) {
      binAll(some);
      return;
    }
    clearSelection();
    const favourites = await listFavourites().catch(() => null);
    if (favourites === null) {
      showToast(t("failed"));
      return;
    }
    const isKept = ({ imageId }: LibraryTile) => imageId !== null && favourites.has(imageId);
    const [kept, gone] = [some.filter(isKept), some.filter((tile) => !isKept(tile))];
    if (kept.length === 0) {
      binAll(some);
      return;
    }
    const said = t("binnedKept", { count: gone.length, kept: kept.length });
    const more = { label: t("binKept", { count: kept.length }), act: () => binAll(kept) };
    if (gone.length === 0) {
      showToast(said, { more });
      return;
    }
    await takeOut(gone, said, more);
  };

  const favour = (some: Tiles) => {
    const { byTask } = useDetails.getState();
    const isMarked = ({ imageId, taskId }: LibraryTile) =>
      byTask[taskId]?.task.images.some(({ id, isFavourite }) => id === imageId && isFavourite) ?? false;
    const isAll = some.every(isMarked);
    const changing = some.filter((tile) => isMarked(tile) === isAll);
    const { images } = idsOf(some);
    void act(some, {
      send: async () => {
        markFavourites(changing, !isAll);
        const outcome = await favourPictures(images, !isAll);
        if (!outcome.isDone) {
          // Without a network nobody tells what is true.
          markFavourites(changing, isAll);
        }
        return outcome;
      },
      said: isAll ? t("unfavoured", { count: images.length }) : t("favoured", { count: images.length }),
    });
  };

  const share = (some: Tiles, choice: ShareChoice) =>
    void act(some, {
      send: () => sharePictures(idsOf(some).images, choice),
      said: t("shared", { count: some.length }),
    });

  return { bin: (some: Tiles) => void bin(some), restore, favour, share };
}
