"use client";

import { useEffect, useState } from "react";
import { useLoaded } from "@/components/ui/use-loaded";
import { useToast } from "./toast-store";

const loadCard = () => import("./toast-card");
/** What begins every act that is told of here. */
const TOUCHES = ["pointerdown", "keydown"] as const;

/** Where the page says what just happened. What that needs is loaded at the first touch, so a network lost later hides nothing. */
export function ToastStand() {
  const toast = useToast((state) => state.toast);
  const [isTouched, setTouched] = useState(false);
  const card = useLoaded(isTouched || toast !== null, loadCard);

  useEffect(() => {
    const touch = () => setTouched(true);
    for (const name of TOUCHES) {
      document.addEventListener(name, touch, { once: true });
    }
    return () => {
      for (const name of TOUCHES) {
        document.removeEventListener(name, touch);
      }
    };
  }, []);

  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(var(--toast-inset)+env(safe-area-inset-bottom))] z-50 flex justify-center px-4 lg:bottom-6"
    >
      {card && toast && <card.ToastCard key={toast.id} toast={toast} />}
    </div>
  );
}
