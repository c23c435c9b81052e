"use client";

import { useDraft } from "@/app/_composer/draft-store";
import { useLoaded } from "@/components/ui/use-loaded";
import type { ReferenceRowProps } from "./reference-row";
import { useUpload } from "./upload-store";

const loadRow = () => import("./reference-row");

/** Where the reference picture is shown, once there is one; what shows it is loaded then. */
export function ReferencePlace(props: Pick<ReferenceRowProps, "model" | "models" | "onRemoved">) {
  const referenceId = useDraft((state) => state.draft.referenceId);
  const upload = useUpload((state) => state.upload);
  const isWanted = referenceId !== null || upload !== null;
  const loaded = useLoaded(isWanted, loadRow);
  return (
    isWanted && (
      <div className="min-h-14">
        {loaded && <loaded.ReferenceRow referenceId={referenceId} upload={upload} {...props} />}
      </div>
    )
  );
}
