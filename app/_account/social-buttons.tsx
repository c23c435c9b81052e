"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { isRecord } from "@/app/_data/json";
import { Button } from "@/components/ui/button";
import { callAuth } from "./call-auth";

const TITLES: Record<string, string> = { github: "GitHub", google: "Google" };

/** The providers that the operator has set up; nothing when there are none. */
export function SocialButtons({ providers, nextPath }: { providers: string[]; nextPath: string }) {
  const t = useTranslations("account");
  const [isFailed, setFailed] = useState(false);
  if (providers.length === 0) {
    return null;
  }
  const start = async (provider: string) => {
    const answer = await callAuth("sign-in/social", { provider, callbackURL: nextPath });
    if (answer.kind === "ok" && isRecord(answer.body) && typeof answer.body.url === "string") {
      window.location.assign(answer.body.url);
    } else {
      setFailed(true);
    }
  };
  return (
    <div className="mt-6 space-y-2 border-line border-t pt-6">
      {providers.map((provider) => (
        <Button key={provider} className="w-full" onClick={() => void start(provider)}>
          {t("social", { provider: TITLES[provider] ?? provider })}
        </Button>
      ))}
      {isFailed && (
        <p role="alert" className="text-bad text-sm">
          {t("error.other")}
        </p>
      )}
    </div>
  );
}
