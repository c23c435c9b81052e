import { getTranslations } from "next-intl/server";
import { LatentPrint } from "@/components/latent-print/latent-print";
import { buttonLook } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

export default async function NotFoundPage() {
  const t = await getTranslations("notFound");
  return (
    <main id="main" className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-6 px-4 py-12">
      <div className="aspect-3/2 overflow-hidden rounded-print">
        <LatentPrint seed="a sheet that was never coated" ratio={1.5} isBleached />
      </div>
      <div>
        <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
        <p className="mt-1 text-ink-2">{t("text")}</p>
      </div>
      <Link href="/" className={buttonLook({ tone: "primary", className: "self-start" })}>
        {t("home")}
      </Link>
    </main>
  );
}
