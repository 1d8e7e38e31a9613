/**
 * Shows which mark the mouse is over, where marks lie under the words and get no hover of their own.
 * @param spanAt the span at a point of the window
 * @returns what ends it
 */
export function followPointer(
  root: HTMLElement,
  spanAt: (x: number, y: number) => string | null,
): () => void {
  const events = new AbortController();
  let frame = 0;
  const show = (id: string | null): void => {
    for (const mark of root.querySelectorAll<HTMLElement>("mark.is-pointed, mark[data-chip]"))
      mark.classList.toggle("is-pointed", id !== null && mark.dataset.span === id);
  };
  const { signal } = events;
  root.addEventListener(
    "pointermove",
    ({ pointerType, clientX, clientY }) => {
      if (pointerType !== "mouse") return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => show(spanAt(clientX, clientY)));
    },
    { signal, passive: true },
  );
  root.addEventListener("pointerleave", () => show(null), { signal });
  return () => {
    cancelAnimationFrame(frame);
    events.abort();
  };
}
