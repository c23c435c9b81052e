"use client";

import { useTranslations } from "next-intl";
import { useLive } from "@/app/_data/live-store";
import { TaskFollower } from "@/app/_data/task-follower";
import { Link } from "@/components/ui/link";
import { usePath } from "@/i18n/use-path";

/** Follows the person's tasks, until the server no longer knows the person; then says so. */
export function SessionWatch() {
  const t = useTranslations("shell");
  const pathname = usePath();
  const isSignedOut = useLive((state) => state.isSignedOut);
  if (!isSignedOut) {
    return <TaskFollower />;
  }
  return (
    <p role="alert" className="border-line border-b bg-warn-soft px-4 py-2 text-center text-sm">
      {t("signedOut")}{" "}
      <Link
        href={`/sign-in?next=${encodeURIComponent(pathname)}`}
        className="font-medium text-prussian underline underline-offset-2"
      >
        {t("signIn")}
      </Link>
    </p>
  );
}
