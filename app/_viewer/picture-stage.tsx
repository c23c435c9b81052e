"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { Neighbours } from "./picture-arrows";
import type { Picture } from "./picture-list";

const TILE_WIDTH = 480;
const STAGE_WIDTH = 1280;
const SWIPE_PIXELS_MIN = 60;

/**
 * The picture as large as the room allows: the tile's file at once, the large one when it is ready to be painted. A finger
 * leads to those beside it.
 */
export function PictureStage({ picture, previous, next, onShow }: { picture: Picture } & Neighbours) {
  const t = useTranslations("sheet");
  const { image, task, place } = picture;
  const largeSource = `${image.url}?w=${STAGE_WIDTH}`;
  const [isLargeReady, setLargeReady] = useState(false);
  const touch = useRef<{ x: number; y: number } | null>(null);
  const [first, second] = [previous, next].map(
    (neighbour) => neighbour && `${neighbour.image.url}?w=${STAGE_WIDTH}`,
  );

  useEffect(() => {
    let isGone = false;
    const large = new Image();
    large.src = largeSource;
    large
      .decode()
      .then(() => {
        if (!isGone) {
          setLargeReady(true);
        }
        for (const source of [first, second]) {
          if (source) {
            new Image().src = source;
          }
        }
      })
      // The small one stays; the next opening tries again.
      .catch(() => {});
    return () => {
      isGone = true;
    };
  }, [largeSource, first, second]);

  return (
    <div
      className="flex min-h-0 min-w-0 flex-1 items-center justify-center p-4 max-lg:flex-none max-lg:px-0 max-lg:pt-14 lg:p-12"
      onTouchStart={({ touches }) => {
        const first = touches.length === 1 ? touches[0] : undefined;
        touch.current = first ? { x: first.clientX, y: first.clientY } : null;
      }}
      onTouchEnd={({ changedTouches }) => {
        const last = changedTouches[0];
        const from = touch.current;
        const [across, down] = from && last ? [last.clientX - from.x, last.clientY - from.y] : [0, 0];
        // Mostly up or down, it scrolls; zoomed in, it moves the picture and not the viewer.
        const isSwipe = Math.abs(across) > SWIPE_PIXELS_MIN && Math.abs(across) > Math.abs(down);
        const target = across < 0 ? next : previous;
        if (target && isSwipe && (window.visualViewport?.scale ?? 1) === 1) {
          onShow(target);
        }
      }}
    >
      {/* biome-ignore lint/performance/noImgElement: private pictures do not go through an optimizer that anybody may ask. */}
      <img
        src={isLargeReady ? largeSource : `${image.url}?w=${TILE_WIDTH}`}
        width={image.width}
        height={image.height}
        alt={t("alt", { place: place + 1, count: task.images.length, prompt: task.prompt })}
        // As large as it will be from the first: the tile's file has fewer pixels, and would grow when the large one comes.
        className="h-auto w-[min(100%,var(--own-width),calc(70dvh*var(--ratio)))] rounded-print bg-cover [view-transition-name:picture] max-lg:rounded-none lg:w-[min(100%,var(--own-width),calc((100dvh-6rem)*var(--ratio)))]"
        style={{
          "--own-width": `${image.width}px`,
          "--ratio": image.width / image.height,
          aspectRatio: `${image.width}/${image.height}`,
          ...(image.preview ? { backgroundImage: `url("${image.preview}")` } : {}),
        }}
      />
    </div>
  );
}
