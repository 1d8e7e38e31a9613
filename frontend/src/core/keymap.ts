/** Keys: their one spelling ("ctrl+enter", "b", "?"), and which label gets which. */

import type { Question } from "./contracts";

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Keys of the workspace itself, never given to a label unless its schema asks for one. */
export const RESERVED: ReadonlySet<string> = new Set(["g", "s", "?", "/"]);

const DIGITS = "123456789";
const AUTOMATIC = [...DIGITS, ..."qwertyuiopasdfhjklzxcvbnm"];

/** Keys that lie side by side. */
const RUNS = [DIGITS, "qwertyuiop", "asdfghjkl", "zxcvbnm"];

/** A letter or digit as printed on the key, for layouts that type another script with it. */
function printedKey(press: KeyPress): string {
  const ascii = press.key.length === 1 && press.key.charCodeAt(0) < 0x80;
  if (ascii && !press.altKey) return press.key.toLowerCase();
  const printed = /^(?:Key|Digit)(.)$/.exec(press.code)?.[1];
  return printed && press.key.length === 1 ? printed.toLowerCase() : press.key.toLowerCase();
}

/** The one spelling of a key press; Command counts as Ctrl, and Shift is told only where it changes no sign. */
export function chord(press: KeyPress): string {
  const key = press.key === " " ? "space" : printedKey(press);
  const letter = /^[a-z]$/.test(key);
  const parts = [
    press.ctrlKey || press.metaKey ? "ctrl" : "",
    press.altKey ? "alt" : "",
    press.shiftKey && (letter || key.length > 1) ? "shift" : "",
    key,
  ];
  return parts.filter(Boolean).join("+");
}

/** A schema's hotkey in that spelling, or null when it names no single key. */
export function normaliseHotkey(hotkey: string | null | undefined): string | null {
  const parts = (hotkey ?? "")
    .toLowerCase()
    .trim()
    .replace("command", "ctrl")
    .replace("meta", "ctrl")
    .split("+");
  const key = parts.pop();
  if (!key || /[\s,]/.test(key)) return null;
  const order = ["ctrl", "alt", "shift"].filter((modifier) => parts.includes(modifier));
  return parts.length === order.length ? [...order, key].join("+") : null;
}

/** A label of a question, or a step of a rating as its number. */
export interface LabelKey {
  readonly question: string;
  readonly label: string;
}

/** Which key stands for which label, both ways. */
export class LabelKeys {
  readonly #byKey = new Map<string, LabelKey>();
  readonly #byLabel = new Map<string, string>();

  /** Keys from the schema first (the first label that asks has it), then 1 to 9, then letters; ratings come last. */
  constructor(questions: readonly Question[]) {
    const all = questions.flatMap((question) =>
      (question.labels ?? []).map((label) => ({
        question: question.key,
        label: label.key,
        hotkey: label.hotkey,
      })),
    );
    for (const one of all) {
      const key = normaliseHotkey(one.hotkey);
      if (key && !this.#byKey.has(key)) this.#give(key, one);
    }
    const free = AUTOMATIC.filter((key) => !this.#byKey.has(key) && !RESERVED.has(key));
    for (const one of all) {
      if (this.keyOf(one.question, one.label)) continue;
      const key = free.shift();
      if (key) this.#give(key, one);
    }
    for (const question of questions) if (question.kind === "rating") this.#giveRun(question);
  }

  /** A rating's steps get neighbouring keys: its own digits while no label has one, else a run of letters. */
  #giveRun(question: Question): void {
    const steps = question.max_rating ?? 5;
    for (const row of RUNS) {
      const last = row === DIGITS ? 0 : row.length - steps;
      for (let start = 0; start <= last && steps <= row.length; start += 1) {
        const run = [...row.slice(start, start + steps)];
        if (run.some((key) => this.#byKey.has(key) || RESERVED.has(key))) continue;
        for (const [index, key] of run.entries())
          this.#give(key, { question: question.key, label: String(index + 1) });
        return;
      }
    }
  }

  labelOf(key: string): LabelKey | undefined {
    return this.#byKey.get(key);
  }

  /** A key of the workspace, unless a label has it. */
  free(key: string): string | undefined {
    return this.#byKey.has(key) ? undefined : key;
  }

  keyOf(question: string, label: string): string | undefined {
    return this.#byLabel.get(JSON.stringify([question, label]));
  }

  #give(key: string, { question, label }: LabelKey): void {
    this.#byKey.set(key, { question, label });
    this.#byLabel.set(JSON.stringify([question, label]), key);
  }
}

const NAMES: Readonly<Record<string, string>> = {
  ctrl: "Ctrl",
  alt: "Alt",
  shift: "Shift",
  enter: "Enter",
  space: "Space",
  escape: "Esc",
  delete: "Delete",
  backspace: "Backspace",
  tab: "Tab",
  home: "Home",
  end: "End",
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
};

const APPLE: Readonly<Record<string, string>> = { ctrl: "⌘", alt: "⌥", shift: "⇧" };

/** The keys of a chord as they are printed, to be shown one by one. */
export function keyCaps(chord: string, apple = false): readonly string[] {
  return chord
    .split("+")
    .map((part) => (apple ? APPLE[part] : undefined) ?? NAMES[part] ?? part.toUpperCase());
}
