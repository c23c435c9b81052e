"use client";

import { useTranslations } from "next-intl";

type ExposureScaleProps = { elapsedSeconds: number | null; usualSeconds: number; slowSeconds: number };

/** The scale goes on for half as long again as a slow picture takes. */
const SCALE_OVER_SLOW = 1.5;

/** A rule with a mark at the usual time and one at the slow time; a hairline stands where the wait is now. */
export function ExposureScale({ elapsedSeconds, usualSeconds, slowSeconds }: ExposureScaleProps) {
  const t = useTranslations("sheet");
  const end = slowSeconds * SCALE_OVER_SLOW;
  const share = (seconds: number) => Math.min(seconds / end, 1);
  const tick = "absolute -top-[3px] h-2 w-px bg-wash-5/70 forced-colors:bg-[CanvasText]";
  return (
    <div
      role="img"
      aria-label={t("scale", { usual: usualSeconds, slow: slowSeconds })}
      className="relative h-0.5 bg-wash-5/30 forced-colors:bg-[GrayText]"
    >
      <span className={tick} style={{ left: `${share(usualSeconds) * 100}%` }} />
      <span className={tick} style={{ left: `${share(slowSeconds) * 100}%` }} />
      {elapsedSeconds !== null && (
        <span
          className="absolute inset-0 transition-transform duration-200"
          style={{ transform: `translateX(${share(elapsedSeconds) * 100}%)` }}
        >
          <span className="absolute -top-[5px] left-0 h-3 w-0.5 -translate-x-1/2 bg-wash-5 forced-colors:bg-[Highlight]" />
        </span>
      )}
    </div>
  );
}
