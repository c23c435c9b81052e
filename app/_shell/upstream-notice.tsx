import { getTranslations } from "next-intl/server";
import { env, isUpstreamLocal } from "@/env.mjs";

/** Says so when pictures are drawn on this machine and no model is asked. Nothing otherwise. */
export async function UpstreamNotice() {
  const [address] = env().CLOUDFLARE_AI_GATEWAY_URL;
  if (!isUpstreamLocal() || !address) {
    return null;
  }
  const t = await getTranslations("shell");
  return (
    <p className="truncate text-ink-3 text-xs">
      <a
        href={new URL(address).origin}
        className="underline decoration-line-strong underline-offset-2 transition-colors hover:text-ink"
      >
        {t("localUpstream")}
      </a>
    </p>
  );
}
