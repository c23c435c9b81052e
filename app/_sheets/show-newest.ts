/** Brings the reader to what was just sent, which stands first wherever jobs are listed. */
export function showNewest(): void {
  requestAnimationFrame(() => {
    window.scrollTo({ top: 0 });
    document.querySelector<HTMLElement>("article, [data-job]")?.focus({ preventScroll: true });
  });
}
