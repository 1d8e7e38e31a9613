/** What can be saved at once; `unsaved` when closing the page would lose something. */
export interface Keeper {
  readonly unsaved: boolean;
  flush(): Promise<void>;
}

/** Saves at once when the page, the tab or a field is left and when the network is back; asks before something is lost. */
export function keepWhenLeft(host: HTMLElement, keeper: () => Keeper | null, signal: AbortSignal): void {
  const passive = { signal, passive: true };
  const flush = (): void => void keeper()?.flush();
  document.addEventListener("visibilitychange", () => document.hidden && flush(), passive);
  for (const name of ["pagehide", "blur", "online"]) window.addEventListener(name, flush, passive);
  host.addEventListener("focusout", flush, passive);
  window.addEventListener(
    "beforeunload",
    (event) => {
      if (!keeper()?.unsaved) return;
      flush();
      event.preventDefault();
    },
    { signal },
  );
}
