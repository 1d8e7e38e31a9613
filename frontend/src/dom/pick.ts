/** What a control inside of a text asks the text's editor for: to select a range, or a span. */
export type Picked = { readonly start: number; readonly end: number } | { readonly span: string };

const NAME = "assay-pick";

/** Asks the editor around a text. */
export function pick(root: HTMLElement, picked: Picked): void {
  root.dispatchEvent(new CustomEvent<Picked>(NAME, { detail: picked, bubbles: true }));
}

/** Listens to the controls inside of an element. @returns a function that stops it. */
export function onPick(element: HTMLElement, take: (picked: Picked) => void): () => void {
  const listen = (event: Event): void => {
    event.stopPropagation();
    take((event as CustomEvent<Picked>).detail);
  };
  element.addEventListener(NAME, listen);
  return () => element.removeEventListener(NAME, listen);
}
