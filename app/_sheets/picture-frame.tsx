"use client";

import clsx from "clsx";
import { type MouseEvent, useLayoutEffect, useRef, useState } from "react";
import { usePictureRetry } from "@/app/_data/use-picture-retry";
import { LatentPrint } from "@/components/latent-print/latent-print";
import type { TaskImage } from "@/lib/contracts/task";

const WIDTHS = [320, 480, 640, 960, 1280] as const;
const TILE_WIDTH = 480;

type PictureFrameProps = {
  image: TaskImage;
  alt: string;
  /** How wide it is drawn on a desk, for choosing the file. */
  drawnWidth: number;
  href: string;
  onOpen: () => void;
  /** The seed of the print that stood here while it was waited for; null when nobody did. */
  printSeed: string | null;
};

/** A picture in its frame. It appears out of its print once, for those who had it before their eyes. */
export function PictureFrame({ image, alt, drawnWidth, href, onOpen, printSeed }: PictureFrameProps) {
  const { attempt, onError } = usePictureRetry();
  const [isLoaded, setLoaded] = useState(false);
  const [print, setPrint] = useState(printSeed);
  const frame = useRef<HTMLAnchorElement>(null);
  useLayoutEffect(() => {
    if (!isOnScreen(frame.current)) {
      setPrint(null);
    }
  }, []);
  const open = (event: MouseEvent) => {
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (isPlain) {
      event.preventDefault();
      onOpen();
    }
  };
  return (
    <a
      ref={frame}
      href={href}
      data-picture={image.id}
      onClick={open}
      className="frame focus-on-picture bg-cover"
      style={image.preview ? { backgroundImage: `url("${image.preview}")` } : undefined}
    >
      {/* biome-ignore lint/performance/noImgElement: private pictures do not go through an optimizer that anybody may ask. */}
      <img
        key={attempt}
        src={`${image.url}?w=${TILE_WIDTH}`}
        srcSet={WIDTHS.map((width) => `${image.url}?w=${width} ${width}w`).join(", ")}
        sizes={`(min-width: 64rem) ${drawnWidth}px, 100vw`}
        width={image.width}
        height={image.height}
        alt={alt}
        loading="lazy"
        decoding="async"
        onError={onError}
        onLoad={() => setLoaded(true)}
        className={clsx("size-full object-cover", print !== null && isLoaded && "animate-wash")}
      />
      {print !== null && (
        <div
          className={clsx("absolute inset-0", isLoaded && "animate-wash-out")}
          onAnimationEnd={() => setPrint(null)}
        >
          <LatentPrint seed={print} ratio={image.width / image.height} />
        </div>
      )}
    </a>
  );
}

function isOnScreen(frame: HTMLElement | null): boolean {
  const { top = 0, bottom = 0 } = frame?.getBoundingClientRect() ?? {};
  return bottom > 0 && top < window.innerHeight;
}
