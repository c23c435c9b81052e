"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { isRecord } from "@/app/_data/json";
import { readApi } from "@/app/_data/problem-error";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { ExplorePage, ExploreQuery, SharedPicture } from "@/lib/contracts/explore";

const ROW_PIXELS = 240;
const WIDTHS = [320, 480, 640] as const;

function isExplorePage(value: unknown): value is ExplorePage {
  return isRecord(value) && Array.isArray(value.pictures);
}

type ExploreWallProps = { firstPage: ExplorePage; query: ExploreQuery };

/** Pictures in full rows, drawn by the style sheet alone: they have their shapes before any script runs. */
export function ExploreWall({ firstPage, query }: ExploreWallProps) {
  const t = useTranslations("explore");
  const [page, setPage] = useState(firstPage);
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const loadOlder = async (cursor: string) => {
    setState("loading");
    try {
      const params = new URLSearchParams({
        cursor,
        ...(query.model ? { model: query.model } : {}),
        ...(query.ratio ? { ratio: query.ratio } : {}),
      });
      const older = await readApi(`/api/explore?${params}`, isExplorePage);
      setPage(({ pictures }) => ({
        pictures: [...pictures, ...older.pictures],
        nextCursor: older.nextCursor,
      }));
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  const { nextCursor } = page;
  return (
    <>
      <ul className="flex flex-wrap gap-1 after:grow-[999] after:content-[''] lg:gap-2">
        {page.pictures.map((picture) => (
          <ExploreTile key={picture.shareId} picture={picture} />
        ))}
      </ul>
      {nextCursor !== null && (
        <div className="mt-8 flex flex-col items-center gap-2">
          {state === "failed" && <p role="alert">{t("failed")}</p>}
          <Button onClick={() => void loadOlder(nextCursor)}>
            {state === "loading" ? t("loading") : t("older")}
          </Button>
        </div>
      )}
    </>
  );
}

function ExploreTile({ picture }: { picture: SharedPicture }) {
  const t = useTranslations("explore");
  const { shareId, imageUrl, width, height, preview, prompt } = picture;
  const ratio = width / height;
  return (
    <li
      className="min-w-0"
      style={{ flexGrow: ratio, flexBasis: `min(${Math.round(ROW_PIXELS * ratio)}px, ${ratio * 40}vw)` }}
    >
      <Link
        href={`/p/${shareId}`}
        className="focus-on-picture block overflow-hidden rounded-print bg-cover bg-tray"
        style={{
          aspectRatio: `${width}/${height}`,
          ...(preview ? { backgroundImage: `url("${preview}")` } : {}),
        }}
      >
        {/* biome-ignore lint/performance/noImgElement: access is checked at this address, which an optimizer would not do. */}
        <img
          src={`${imageUrl}?w=480`}
          srcSet={WIDTHS.map((size) => `${imageUrl}?w=${size} ${size}w`).join(", ")}
          sizes={`(min-width: 64rem) ${Math.round(ROW_PIXELS * ratio)}px, 45vw`}
          width={width}
          height={height}
          alt={prompt ?? t("untold")}
          loading="lazy"
          decoding="async"
          className="size-full object-cover"
        />
      </Link>
    </li>
  );
}
