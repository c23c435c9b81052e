import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { findVisitor } from "@/app/_shell/find-visitor";
import { Link } from "@/components/ui/link";
import { env } from "@/env.mjs";
import { localizePath } from "@/i18n/localize-path";
import { listSocialProviderNames } from "@/lib/auth";
import { findPause } from "@/lib/operators/find-pause";
import { getServices } from "@/lib/services";
import { AccountForm } from "./account-form";
import { AccountFrame } from "./account-frame";
import { DraftKept } from "./draft-kept";
import { toNextPath } from "./next-path";
import { SocialButtons } from "./social-buttons";

type AccountPageProps = { kind: "signIn" | "signUp"; askedNext: string | string[] | undefined };

const OTHER = {
  signIn: { kind: "signUp", path: "/sign-up" },
  signUp: { kind: "signIn", path: "/sign-in" },
} as const;

/** Both doors: sign in, and make an account. Whoever is inside already goes on. */
export async function AccountPage({ kind, askedNext }: AccountPageProps) {
  const locale = await getLocale();
  const next = toNextPath(askedNext, "/create");
  const nextPath = localizePath(next, locale);
  if (await findVisitor()) {
    redirect(nextPath);
  }
  const t = await getTranslations("account");
  const reset = await getTranslations("reset");
  const other = OTHER[kind];
  const pause = kind === "signUp" ? await findPause(getServices(), "sign_ups") : undefined;
  return (
    <AccountFrame>
      <div className="mb-8">
        <h1 className="font-semibold text-2xl tracking-tight">{t(`${kind}.title`)}</h1>
        <div className="mt-2 text-ink-2 empty:hidden">
          {kind === "signUp" && <p>{t("signUp.text", { credits: env().SIGNUP_CREDITS })}</p>}
          <DraftKept />
        </div>
      </div>
      {pause === undefined ? (
        <>
          <AccountForm kind={kind} nextPath={nextPath} />
          {kind === "signIn" && (
            <p className="mt-4 text-sm">
              <Link href="/reset" className="font-medium text-prussian underline underline-offset-2">
                {reset("forgot")}
              </Link>
            </p>
          )}
          <SocialButtons providers={listSocialProviderNames()} nextPath={nextPath} />
        </>
      ) : (
        <div className="rounded-panel border border-line bg-sheet p-4">
          <p className="font-medium text-warn">{t("signUp.paused")}</p>
          <p className="mt-1">{pause}</p>
        </div>
      )}
      <p className="mt-6 text-ink-2 text-sm">
        {t(`${kind}.instead`)}{" "}
        <Link
          href={`${other.path}?next=${encodeURIComponent(next)}`}
          className="font-medium text-prussian underline underline-offset-2"
        >
          {t(`${other.kind}.submit`)}
        </Link>
      </p>
    </AccountFrame>
  );
}
