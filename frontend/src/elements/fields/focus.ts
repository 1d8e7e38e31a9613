/** The fields that can be worked on by keys, in the page's order. */
export const WORKED_ON = "assay-text-editor, assay-table, assay-image";

interface Focusable extends HTMLElement {
  readonly asked?: boolean;
  /** None before the pack that makes the element. */
  readonly updateComplete?: Promise<unknown>;
  focusText(): void;
}

/** The first field inside of an element that regions are marked on: the one that is named, if any. */
export function workedOn(host: HTMLElement, name?: string): Focusable | null {
  const all = [
    ...host.querySelectorAll<Focusable & { readonly field?: { readonly name: string } }>(WORKED_ON),
  ];
  const asked = all.filter((one) => one.asked !== false);
  return asked.find((one) => one.field?.name === name) ?? asked[0] ?? null;
}

/** Puts the focus into it. @returns false when there is none. */
export function focusField(host: HTMLElement, name?: string): boolean {
  const found = workedOn(host, name);
  void found?.updateComplete?.then(() => found.focusText());
  return found?.updateComplete !== undefined;
}
