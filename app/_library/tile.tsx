"use client";

import clsx from "clsx";
import { Check, Heart } from "lucide-react";
import { useTranslations } from "next-intl";
import { type MouseEvent, memo } from "react";
import { usePictureRetry } from "@/app/_data/use-picture-retry";
import { useEndedWords } from "@/app/_sheets/ended-words";
import { LatentPrint } from "@/components/latent-print/latent-print";
import type { LibraryDetail } from "@/lib/contracts/library";
import type { LibraryTile } from "./library-tiles";
import { useSelection } from "./selection-store";
import { useLongPress } from "./use-long-press";

/** Never the original: a page of tiles is to weigh less than one of those. */
const WIDTHS = [320, 480, 640] as const;

type TileProps = {
  tile: LibraryTile;
  /** Its place among all tiles. */
  index: number;
  detail: LibraryDetail | undefined;
  left: number;
  width: number;
  height: number;
  href: string;
  /** The one that Tab leads to. */
  isCurrent: boolean;
  onOpen: (event: MouseEvent, tile: LibraryTile) => void;
  onToggle: (tile: LibraryTile, isRange: boolean) => void;
  onFocus: (index: number) => void;
};

/** A picture in its row, with its box to choose it by. It looks up by itself whether it is chosen, so that one press draws one tile. */
export const Tile = memo(function Tile(props: TileProps) {
  const { tile, detail, isCurrent, onOpen, onToggle } = props;
  const t = useTranslations("library");
  const isSelected = useSelection(({ selected }) => selected.has(tile.key));
  const retry = usePictureRetry();
  const press = useLongPress(() => onToggle(tile, false));
  const picture = detail && findPicture(tile, detail);
  const isEnded = detail !== undefined && tile.imageId === null;
  const label = detail ? detail.task.prompt || t("noWords") : t("loading");
  return (
    <li
      className="group absolute contain-layout contain-size"
      style={{ left: props.left, width: props.width, height: props.height }}
    >
      <a
        href={props.href}
        data-tile={tile.key}
        data-picture={tile.imageId ?? undefined}
        aria-label={
          // One without a picture is named by what is written on it.
          isEnded
            ? undefined
            : t("tile", { prompt: label, isFavourite: String(picture?.isFavourite ?? false) })
        }
        tabIndex={isCurrent ? 0 : -1}
        draggable={false}
        onFocus={() => props.onFocus(props.index)}
        onClick={(event) => {
          if (press.wasLong()) {
            event.preventDefault();
          } else {
            onOpen(event, tile);
          }
        }}
        {...press.handlers}
        className={clsx(
          // What the keyboard comes to is not left under the filters, which stay on top.
          "focus-on-picture relative block size-full max-lg:scroll-mt-28 select-none overflow-hidden rounded-print bg-cover [-webkit-touch-callout:none]",
          // Coated paper, until it is known what it shows.
          detail ? "bg-tray" : "bg-wash-0",
          isSelected && "outline-3 outline-prussian -outline-offset-3",
        )}
        style={picture?.preview ? { backgroundImage: `url("${picture.preview}")` } : undefined}
      >
        {picture && (
          // biome-ignore lint/performance/noImgElement: private pictures do not go through an optimizer that anybody may ask.
          <img
            key={retry.attempt}
            onError={retry.onError}
            src={`/img/${picture.id}?w=320`}
            srcSet={WIDTHS.map((size) => `/img/${picture.id}?w=${size} ${size}w`).join(", ")}
            sizes={`${props.width}px`}
            alt=""
            decoding="async"
            draggable={false}
            className="size-full object-cover"
          />
        )}
        {isEnded && <NoPicture detail={detail} ratio={tile.ratio} label={label} />}
        {isSelected && (
          <span className="absolute inset-0 border-3 border-prussian bg-paper/15" aria-hidden="true" />
        )}
        {picture?.isFavourite && (
          <Heart
            size={16}
            aria-hidden="true"
            className="absolute right-2 bottom-2 fill-wash-5 text-wash-5 drop-shadow-[0_0_2px_rgb(0_0_0/0.7)]"
          />
        )}
      </a>
      <input
        type="checkbox"
        checked={isSelected}
        aria-label={t("select", { prompt: label })}
        tabIndex={isCurrent ? 0 : -1}
        onFocus={() => props.onFocus(props.index)}
        onChange={({ nativeEvent }) =>
          onToggle(tile, nativeEvent instanceof window.MouseEvent && nativeEvent.shiftKey)
        }
        className={clsx(
          "peer touch-target absolute! top-2 left-2 size-6 cursor-pointer max-lg:scroll-mt-28 appearance-none rounded-full border-2 border-wash-5 bg-wash-0/40",
          // Without a transition: sixty that fade at once are sixty layers to put together in every frame.
          "opacity-0 checked:bg-prussian checked:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100",
          "group-data-selecting/grid:opacity-100 coarse:hidden coarse:group-data-selecting/grid:block",
        )}
      />
      <Check
        size={14}
        strokeWidth={3}
        aria-hidden="true"
        className="pointer-events-none absolute top-[13px] left-[13px] text-on-prussian opacity-0 peer-checked:opacity-100"
      />
    </li>
  );
});

function findPicture({ imageId }: LibraryTile, { task, binned }: LibraryDetail) {
  const live = task.images.find(({ id }) => id === imageId);
  const lost = binned.find(({ id }) => id === imageId);
  return live ?? (lost && { ...lost, isFavourite: false });
}

type NoPictureProps = { detail: LibraryDetail; ratio: number; label: string };

/** What is left of a task that brought no picture: why, what came back, and the code that support can find it by. */
function NoPicture({ detail: { task }, ratio, label }: NoPictureProps) {
  const words = useEndedWords();
  const money = words.money(task);
  return (
    <>
      <LatentPrint seed={`${task.prompt}#0`} ratio={ratio} isBleached />
      <span className="sr-only">{label}</span>{" "}
      <span className="absolute inset-x-2 bottom-2 max-h-[calc(100%-1rem)] overflow-hidden rounded-control border border-line bg-sheet p-2 text-xs">
        <span className="line-clamp-3">{words.sentence(task)}</span>{" "}
        {money && <strong className="line-clamp-2 font-semibold">{money}</strong>}{" "}
        {task.status === "failed" && (
          <span className="numeric block truncate text-ink-3">{task.id.slice(-8)}</span>
        )}
      </span>
    </>
  );
}
