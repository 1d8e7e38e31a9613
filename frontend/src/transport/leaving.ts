/** Milliseconds after which a page that was to be left is known to stay: somebody thought better of it, or it was a download. */
const STAYS = 30_000;

let since = Number.NEGATIVE_INFINITY;
globalThis.addEventListener?.("beforeunload", () => {
  since = performance.now();
});

/** Whether the next page is on its way. The server may have made it before it had what this page still hears of. */
export function isLeaving(): boolean {
  return performance.now() - since < STAYS;
}
