"use client";

import { useTranslations } from "next-intl";

type ErrorPageProps = { error: unknown; retry: () => void };

/**
 * A page that broke. Every page carries this one along, so it is made of nothing but what is there anyway. Drafts are in
 * the browser and pictures on the server, so nothing is lost.
 */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useTranslations("errorPage");
  const code = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <main id="main" className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-6 px-4 py-12">
      {/* biome-ignore lint/performance/noImgElement: an icon of 2 KB needs no loader */}
      <img
        src="/icon.svg"
        alt=""
        width={72}
        height={72}
        className="rounded-[22%] border border-line-strong grayscale"
      />
      <div>
        <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        <p className="mt-1 text-ink-2">{t("text")}</p>
        {code && <p className="numeric mt-2 text-ink-3 text-sm">{t("code", { code })}</p>}
      </div>
      <button
        type="button"
        onClick={retry}
        className="min-h-control self-start rounded-control bg-prussian px-4 font-medium text-on-prussian text-sm hover:bg-prussian-hover"
      >
        {t("retry")}
      </button>
    </main>
  );
}
