import { useTranslations } from "next-intl";
import { chooseTarget } from "@/app/_data/choose-target";
import { showToast } from "@/app/_shell/toast-store";
import { Button } from "@/components/ui/button";
import { exportAccount, useExport } from "./export-store";
import type { Person } from "./read-account";

const FILE_NAME = "sunprint-export.zip";

/** Downloads everything; while it does, says how far it is, and stops when that is asked for. */
export function ExportButton({ person }: { person: Person }) {
  const t = useTranslations("settings.data");
  const running = useExport((state) => state.running);
  const begin = async () => {
    const target = await chooseTarget(FILE_NAME);
    if (!target) {
      return;
    }
    const outcome = await exportAccount(person, target);
    switch (outcome.kind) {
      case "done":
        showToast(outcome.missing > 0 ? t("exportMissing", { count: outcome.missing }) : t("exported"));
        return;
      case "stopped":
        showToast(t("exportStopped"));
        return;
      case "failed":
        showToast(t("exportFailed"));
    }
  };
  if (!running) {
    return <Button onClick={() => void begin()}>{t("export")}</Button>;
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <span className="numeric text-sm">
        {running.progress ? t("exporting", running.progress) : t("exportListing")}
      </span>
      <Button size="small" onClick={running.stop}>
        {t("exportStop")}
      </Button>
    </div>
  );
}
