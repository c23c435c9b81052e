import { localizePath } from "@/i18n/localize-path";
import type { Locale } from "@/i18n/routing";

const PICTURE_PATH = /\/create\/(img_[0-9a-z]+)$/;
/**
 * Marks a history entry that was made over the stream, so that closing can go back to it. A new object each time: the
 * router writes its own state into it, and takes a change that carries that state for one of its own.
 */
const overlayState = () => ({ isPictureOverlay: true });

/** The address of a picture's own page. */
export function pictureHref(imageId: string, locale: Locale): string {
  return localizePath(`/create/${imageId}`, locale);
}

/** The picture that an address is about, if any. */
export function readPictureId(pathname: string): string | null {
  return PICTURE_PATH.exec(pathname)?.[1] ?? null;
}

/**
 * Opens a picture over the stream under its own address. Everything about it is already here, so the server is not
 * asked; loaded directly, the same address is a page of its own.
 */
export function pushPicture(href: string): void {
  window.history.pushState(overlayState(), "", href);
}

/** Moves on to another picture; going back still leads to the stream. */
export function replacePicture(href: string): void {
  window.history.replaceState(isOverlay() ? overlayState() : null, "", href);
}

/** Closes the picture: back to the stream's own history entry, or to its address when there is none. */
export function leavePicture(streamHref: string): void {
  if (isOverlay()) {
    window.history.back();
  } else {
    window.history.replaceState(null, "", streamHref);
  }
}

function isOverlay(): boolean {
  const state: unknown = window.history.state;
  return typeof state === "object" && state !== null && "isPictureOverlay" in state;
}
