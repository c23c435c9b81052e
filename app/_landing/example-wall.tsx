"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { replaceText } from "@/app/_composer/draft-store";
import { LatentPrint } from "@/components/latent-print/latent-print";
import type { AspectRatio } from "@/lib/contracts/aspect-ratios";

export type Example = { prompt: string; ratio: AspectRatio };

/** Prompts as the prints that they would wait as, in rows that fill the page (one on a phone); one press puts one into the composer. */
export function ExampleWall({ rows }: { rows: Example[][] }) {
  const t = useTranslations("sheet");
  const choose = ({ prompt, ratio }: Example) => {
    replaceText(prompt, { ratio });
    document.getElementById("prompt")?.focus();
  };
  return rows.map((row, place) => (
    <ul
      key={row[0]?.prompt}
      className={clsx("mb-1 flex gap-1 max-lg:flex-wrap lg:mb-2 lg:gap-2", place > 0 && "max-lg:hidden")}
    >
      {row.map((example) => {
        const [width = 1, height = 1] = example.ratio.split(":").map(Number);
        const ratio = width / height;
        return (
          <li
            key={example.prompt}
            style={{ flex: `${ratio} 1 ${Math.round(ratio * 120)}px`, aspectRatio: ratio }}
          >
            <button
              type="button"
              onClick={() => choose(example)}
              className="focus-on-picture block size-full overflow-hidden rounded-print text-left"
            >
              <LatentPrint seed={`${example.prompt}#0`} ratio={ratio} words={example.prompt} />
              <span className="sr-only">{t("useExample", { prompt: example.prompt })}</span>
            </button>
          </li>
        );
      })}
    </ul>
  ));
}
