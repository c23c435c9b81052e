import { create } from "zustand";

/** Why a picture could not be handed in; each has its sentence. */
export type UploadFailure = "type" | "size" | "often" | "signed_out" | "gone" | "unanswered";

export type Upload =
  /** `share` of its bytes are on their way, 0 to 1. */
  | { kind: "sending"; share: number }
  /** `picture` can be sent again, when that may help; `pause` is the operators' sentence, when that is why. */
  | { kind: "failed"; why: UploadFailure; pause: string | null; picture: Blob | null };

/** The picture that is being handed in as a reference, until the draft has its id. It does not outlive the page. */
export const useUpload = create<{ upload: Upload | null }>(() => ({ upload: null }));

export function setUpload(upload: Upload | null): void {
  useUpload.setState({ upload });
}
