import { type RefObject, useEffect } from "react";

const loadSending = () => import("./send-picture");

/** Hands in what is pasted into the composer or dropped on it, when it is a picture. */
export function useTakenPictures(form: RefObject<HTMLFormElement | null>, isOpen: boolean): void {
  useEffect(() => {
    const element = form.current;
    if (!element || !isOpen) {
      return;
    }
    const stop = new AbortController();
    const listen = { signal: stop.signal };
    element.addEventListener("paste", takePasted, listen);
    element.addEventListener("drop", takeDropped, listen);
    element.addEventListener("dragover", allowFiles, listen);
    return () => stop.abort();
  }, [form, isOpen]);
}

/** Lets a file be chosen. */
export function choosePicture(): void {
  void loadSending()
    .then(({ pickPicture }) => pickPicture())
    // Without a network nothing could be handed in either; the next press asks again.
    .catch(() => {});
}

/** When a hand comes near, so that the press does not wait. */
export function prepareChoosing(): void {
  void loadSending().catch(() => {});
}

/** What is pasted with text beside it is meant as text. */
function takePasted(event: ClipboardEvent): void {
  const { files, types } = event.clipboardData ?? {};
  const picture = [...(files ?? [])].find(({ type }) => type.startsWith("image/"));
  if (picture && !types?.includes("text/plain")) {
    take(event, picture);
  }
}

/** Whatever it is: the browser would leave the page for it, and the server says best what is wrong with it. */
function takeDropped(event: DragEvent): void {
  const [file] = event.dataTransfer?.files ?? [];
  if (file) {
    take(event, file);
  }
}

/** Without this the composer is no place to drop anything. */
function allowFiles(event: DragEvent): void {
  if (event.dataTransfer?.types.includes("Files")) {
    event.preventDefault();
  }
}

function take(event: Event, file: File): void {
  event.preventDefault();
  void loadSending()
    .then(({ sendPicture }) => sendPicture(file))
    .catch(() => {});
}
