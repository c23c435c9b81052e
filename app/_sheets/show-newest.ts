/** Brings the reader to what was just sent, which stands first wherever jobs are listed: over the page, or on it. */
export function showNewest(): void {
  requestAnimationFrame(() => {
    const drawer = document.querySelector("[role=dialog]");
    if (!drawer) {
      window.scrollTo({ top: 0 });
    }
    (drawer ?? document)
      .querySelector<HTMLElement>("article, [data-job]")
      ?.focus({ preventScroll: drawer === null });
  });
}
