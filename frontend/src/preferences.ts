/** What a person prefers on this device; a browser that keeps nothing gets the defaults. */

import { type Signal, signal } from "@preact/signals-core";

function read(name: string, fallback: boolean): boolean {
  try {
    const kept = localStorage.getItem(`assay.${name}`);
    return kept === null ? fallback : kept === "yes";
  } catch {
    return fallback;
  }
}

function write(cell: Signal<boolean>, name: string, value: boolean): void {
  cell.value = value;
  try {
    localStorage.setItem(`assay.${name}`, value ? "yes" : "no");
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

/** Keys of one sign may be turned off (WCAG 2.1.4). */
export const singleKeys = signal(read("single-keys", true));
export const guidelineOpen = signal(read("guideline", false));

export function setSingleKeys(value: boolean): void {
  write(singleKeys, "single-keys", value);
}

export function setGuidelineOpen(value: boolean): void {
  write(guidelineOpen, "guideline", value);
}
