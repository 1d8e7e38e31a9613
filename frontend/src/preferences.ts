/** What a person prefers: kept with them on the server, for every device; what suits one screen is kept on the device. */

import { batch, computed, signal } from "@preact/signals-core";
import type { KeyChoices } from "./core/commands";
import { sendToApi } from "./page-api";

/** As `me/preferences` of the API has it. */
export interface Preferences {
  readonly single_keys: boolean;
  readonly word_snap: boolean;
  /** Chords by command id; "" for no key. */
  readonly keys: Readonly<Record<string, string>>;
}

/** Whether what was changed last is with the server. */
export type Keeping = "kept" | "sending" | "failed";

const PAUSE = 300;

function brought(): Partial<Preferences> {
  try {
    return JSON.parse(document.getElementById("preferences")?.textContent || "{}");
  } catch {
    return {};
  }
}

const first = typeof document === "undefined" ? {} : brought();

/** Keys of one sign may be turned off (WCAG 2.1.4). */
export const singleKeys = signal(first.single_keys ?? true);
/** Selections snap to words. */
export const wordSnap = signal(first.word_snap ?? false);
export const ownKeys = signal<Preferences["keys"]>(first.keys ?? {});
export const keeping = signal<Keeping>("kept");
export const keyChoices = computed<KeyChoices>(() => ({ keys: ownKeys.value, single: singleKeys.value }));

/** What the server is told: of the keys only those that change, null for the default. */
interface Changes extends Partial<Omit<Preferences, "keys">> {
  readonly theme?: string;
  readonly keys?: Readonly<Record<string, string | null>>;
}

let changed: Changes = {};
let timer: ReturnType<typeof setTimeout> | undefined;

/** Sends what has changed; what the server did not take is sent again with the next change. */
async function send(): Promise<void> {
  const body = changed;
  changed = {};
  if (await sendToApi("PUT", "me/preferences", body)) {
    if (keeping.peek() === "sending" && Object.keys(changed).length === 0) keeping.value = "kept";
  } else {
    changed = merged(body, changed);
    keeping.value = "failed";
  }
}

function merged(earlier: Changes, later: Changes): Changes {
  const keys = { ...earlier.keys, ...later.keys };
  return { ...earlier, ...later, ...(Object.keys(keys).length > 0 ? { keys } : {}) };
}

function keep(part: Changes): void {
  changed = merged(changed, part);
  keeping.value = "sending";
  clearTimeout(timer);
  timer = setTimeout(() => void send(), PAUSE);
}

export function setSingleKeys(value: boolean): void {
  singleKeys.value = value;
  keep({ single_keys: value });
}

export function setWordSnap(value: boolean): void {
  wordSnap.value = value;
  keep({ word_snap: value });
}

/** Changes a person's own keys; undefined goes back to the default. */
export function setKeys(changes: Readonly<Record<string, string | undefined>>): void {
  const left = Object.entries({ ...ownKeys.peek(), ...changes }).filter(([, chord]) => chord !== undefined);
  const keys = Object.fromEntries(Object.entries(changes).map(([name, chord]) => [name, chord ?? null]));
  batch(() => {
    ownKeys.value = Object.fromEntries(left) as Preferences["keys"];
    keep({ keys });
  });
}

export function resetKeys(): void {
  setKeys(Object.fromEntries(Object.keys(ownKeys.peek()).map((name) => [name, undefined])));
}

/** From light to dark and back; what is shown now decides. */
export function toggleTheme(): "light" | "dark" {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = dark ? "light" : "dark";
  root.dataset.theme = theme;
  keep({ theme });
  return theme;
}

function onDevice(name: string): boolean {
  try {
    return localStorage.getItem(`assay.${name}`) === "yes";
  } catch {
    return false;
  }
}

/** A wide screen has room for it, a phone has not: kept on the device. */
export const guidelineOpen = signal(typeof document === "undefined" ? false : onDevice("guideline"));

export function setGuidelineOpen(value: boolean): void {
  guidelineOpen.value = value;
  try {
    localStorage.setItem("assay.guideline", value ? "yes" : "no");
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}
