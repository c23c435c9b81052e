"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { callApi } from "@/app/_data/call-api";
import { isRecord } from "@/app/_data/json";
import { isFreeKey } from "@/app/_shell/is-free-key";
import { Button } from "@/components/ui/button";
import type { OperatorAct } from "@/lib/contracts/operators";
import type { Decision, DeckItem } from "./deck-item";
import { ModerationCard } from "./moderation-card";

const KINDS = ["picture", "appeal"] as const;
const OUTCOMES = ["approved", "rejected", "kept", "allowed", "already"] as const;

/** Everything that waits, one after the other, to be decided without leaving the keyboard. */
export function ModerationDeck({ items }: { items: DeckItem[] }) {
  const t = useTranslations("moderation");
  const router = useRouter();
  const [currentKey, setCurrentKey] = useState(items[0]?.key ?? null);
  const [isBlurred, setBlurred] = useState(false);
  const [asked, setAsked] = useState<{ key: string; decision: Decision } | null>(null);
  const [isSending, setSending] = useState(false);
  const [said, setSaid] = useState<{ text: string; isBad: boolean } | null>(null);
  /** Decided here; the page is read anew behind it. */
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  const waiting = items.filter(({ key }) => !decided.has(key));
  const at = Math.max(
    0,
    waiting.findIndex(({ key }) => key === currentKey),
  );

  const goTo = (item: DeckItem | undefined) => {
    if (item) {
      setCurrentKey(item.key);
      document.getElementById(item.key)?.focus();
    }
  };
  /** After `g` a letter leads to another place, and decides nothing on the way. */
  const isGoing = useRef(false);
  const send = async (item: DeckItem, act: OperatorAct) => {
    setSending(true);
    setSaid({ text: t("sending"), isBad: false });
    const answer = await callApi("/api/ops/acts", { method: "POST", body: act });
    setSending(false);
    const given = answer.kind === "ok" && isRecord(answer.body) ? answer.body.outcome : null;
    const outcome = OUTCOMES.find((known) => known === given);
    const isGone = answer.kind === "refused" && answer.problem.reason === "not_found";
    if (outcome === undefined && !isGone) {
      const isRefused = answer.kind === "refused" && answer.status < 500;
      setSaid({ text: isRefused ? t("refused") : t("unanswered"), isBad: true });
      return;
    }
    setSaid({ text: outcome ? t(`outcome.${outcome}`) : t("gone"), isBad: false });
    setAsked(null);
    const place = waiting.indexOf(item);
    goTo(waiting[place + 1] ?? waiting[place - 1]);
    setDecided((before) => new Set(before).add(item.key));
    router.refresh();
  };
  const decide = (item: DeckItem, decision: Decision) => {
    setCurrentKey(item.key);
    setSaid(null);
    if (item.kind === "picture" && decision === "yes") {
      setAsked(null);
      void send(item, { act: "approve_picture", imageId: item.id });
    } else {
      setAsked({ key: item.key, decision });
    }
  };
  const giveReason = (item: DeckItem, decision: Decision, reason: string) => {
    void send(
      item,
      item.kind === "picture"
        ? { act: "reject_picture", imageId: item.id, reason }
        : {
            act: "decide_appeal",
            subjectId: item.id,
            decision: decision === "yes" ? "allowed" : "kept",
            reason,
          },
    );
  };

  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      const isFree = isFreeKey(event) && !isGoing.current;
      isGoing.current = event.key === "g";
      const item = waiting[at];
      // A key that is held down moves on and on, and decides once.
      const mayDecide = item && !isSending && !event.repeat;
      const actions: Record<string, () => void> = {
        j: () => goTo(waiting[at + 1]),
        ArrowDown: () => goTo(waiting[at + 1]),
        k: () => goTo(waiting[at - 1]),
        ArrowUp: () => goTo(waiting[at - 1]),
        a: () => mayDecide && decide(item, "yes"),
        x: () => mayDecide && decide(item, "no"),
        b: () => setBlurred((was) => !was),
      };
      const action = isFree ? actions[event.key] : undefined;
      if (action) {
        event.preventDefault();
        action();
      }
    };
    document.addEventListener("keydown", handleKey);
    return () => document.removeEventListener("keydown", handleKey);
  });

  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Button
          size="small"
          aria-pressed={isBlurred}
          aria-keyshortcuts="b"
          onClick={() => setBlurred(!isBlurred)}
        >
          {t("blur")}
        </Button>
        <p className="text-ink-2 text-sm max-sm:hidden coarse:hidden">{t("keys")}</p>
        <p role="status" className={said?.isBad ? "text-bad text-sm" : "text-sm"}>
          {said?.text}
        </p>
      </div>
      {KINDS.map((kind) => {
        const ofKind = waiting.filter((item) => item.kind === kind);
        return (
          <section key={kind} aria-labelledby={`waiting-${kind}`}>
            <h2 id={`waiting-${kind}`} className="mb-3 font-semibold text-lg">
              {t(`title.${kind}`, { count: ofKind.length })}
            </h2>
            {ofKind.length === 0 ? (
              <p className="text-ink-2">{t(`empty.${kind}`)}</p>
            ) : (
              <ul className="flex flex-col gap-4">
                {ofKind.map((item) => (
                  <ModerationCard
                    key={item.key}
                    item={item}
                    isCurrent={item.key === waiting[at]?.key}
                    isBlurred={isBlurred}
                    isSending={isSending}
                    asked={asked?.key === item.key ? asked.decision : null}
                    onFocus={() => setCurrentKey(item.key)}
                    onDecide={(decision) => decide(item, decision)}
                    onReason={(decision, reason) => giveReason(item, decision, reason)}
                    onLetBe={() => {
                      setAsked(null);
                      goTo(item);
                    }}
                  />
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </>
  );
}
