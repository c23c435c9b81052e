import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";

/** The prompt in two lines; one that is longer is unfolded, and folded again, by a press on it. */
export function SheetPrompt({ id, prompt }: { id: string; prompt: string }) {
  const t = useTranslations("sheet");
  const [isCut, setCut] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const measure = useCallback((text: HTMLElement) => {
    const observer = new ResizeObserver(() => setCut(text.scrollHeight > text.clientHeight));
    observer.observe(text);
    return () => observer.disconnect();
  }, []);

  const text = (
    <span ref={isOpen ? null : measure} className={isOpen ? "whitespace-pre-wrap" : "line-clamp-2"}>
      {prompt}
    </span>
  );
  return (
    <h2 id={id} dir="auto" className="min-w-0 font-medium">
      {isCut ? (
        <button
          type="button"
          aria-expanded={isOpen}
          title={isOpen ? t("fold") : t("unfold")}
          className="w-full rounded-control text-start hover:text-prussian"
          onClick={() => setOpen(!isOpen)}
        >
          {text}
        </button>
      ) : (
        text
      )}
    </h2>
  );
}
