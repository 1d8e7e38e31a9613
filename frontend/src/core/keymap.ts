/** Keys: their one spelling ("ctrl+enter", "b", "?"), and which label gets which. */

import { computed, type ReadonlySignal } from "@preact/signals-core";
import type { Question } from "./contracts";
import { marksArea, tagOf } from "./tags/tag";

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** AltGr is down: the key types the sign that it says. */
  readonly altGraph?: boolean;
}

/** Keys of the workspace itself, never given to a label unless its schema asks for one. */
export const RESERVED: ReadonlySet<string> = new Set(["g", "s", "?", "/", ".", ","]);

const DIGITS = "123456789";
const AUTOMATIC = [...DIGITS, ..."qwertyuiopasdfhjklzxcvbnm"];

/** Keys that lie side by side. */
const RUNS = [DIGITS, "qwertyuiop", "asdfghjkl", "zxcvbnm"];

const SIGNS: Readonly<Record<string, string>> = { Comma: ",", Period: ".", Slash: "/" };

/** What is printed on the key, for layouts that type another script with it. */
function printedKey(press: KeyPress, alt: boolean): string {
  const ascii = press.key.length === 1 && press.key.charCodeAt(0) < 0x80;
  if ((ascii && !alt) || press.key.length > 1) return press.key.toLowerCase();
  const printed =
    /^(?:Key|Digit)(.)$/.exec(press.code)?.[1] ?? (press.shiftKey ? undefined : SIGNS[press.code]);
  return (printed ?? press.key).toLowerCase();
}

const NO_SIGN = /^(Control|Meta|Alt|AltGraph|Shift|Fn|CapsLock|NumLock|Dead|Process|Unidentified|OS)$/;

/**
 * The one spelling of a key press; Command counts as Ctrl, and Shift is told only where it changes no sign.
 * "" for a key that says nothing alone: Shift, a dead key, a key that an input method has taken.
 */
export function chord(press: KeyPress): string {
  if (NO_SIGN.test(press.key)) return "";
  // Windows reports AltGr as Ctrl and Alt. Firefox on a Mac says AltGr of Option, which is Alt here.
  const typed = press.altGraph === true && press.altKey === press.ctrlKey && press.key.length === 1;
  const alt = press.altKey && !typed;
  const key = press.key === " " ? "space" : typed ? press.key.toLowerCase() : printedKey(press, alt);
  const letter = /^[a-z]$/.test(key);
  const parts = [
    (press.ctrlKey && !typed) || press.metaKey ? "ctrl" : "",
    alt ? "alt" : "",
    press.shiftKey && !typed && (letter || key.length > 1) ? "shift" : "",
    key,
  ];
  return parts.filter(Boolean).join("+");
}

/** Whether a chord is one sign, which people may press by accident or a voice may type (WCAG 2.1.4). */
export function isSingle(chord: string): boolean {
  return /^(shift\+)?.$/u.test(chord);
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

/** What a person has chosen, as `LabelKeys` reads it: see `KeyChoices`. */
interface Choices {
  readonly keys: Readonly<Record<string, string>>;
  readonly single: boolean;
}

/** Under which a person's own key for a label is kept. */
export function labelId(project: string, question: string, label: string): string {
  return `label/${project}/${question}/${label}`;
}

/** A tree of thousands is searched, not pressed. */
export function hasLabelKeys(question: Question): boolean {
  return question.tag !== "taxonomy";
}

/** Which key stands for which label, both ways. */
export class LabelKeys {
  readonly #assigned;

  /** @param project under whose id a person's own keys are kept. @param choices read anew when they change. */
  constructor(
    questions: readonly Question[],
    readonly project = "",
    private readonly choices?: ReadonlySignal<Choices>,
  ) {
    const asked = questions.filter(hasLabelKeys);
    this.#assigned = computed(() => new Assignment(asked, project, choices?.value.keys ?? {}));
  }

  labelOf(key: string): LabelKey | undefined {
    return this.#works(key) ? this.#assigned.value.byKey.get(key) : undefined;
  }

  keyOf(question: string, label: string): string | undefined {
    const key = this.#assigned.value.byLabel.get(JSON.stringify([question, label]));
    return key !== undefined && this.#works(key) ? key : undefined;
  }

  #works(key: string): boolean {
    return !isSingle(key) || this.choices?.value.single !== false;
  }
}

/** One dealing out of keys. */
class Assignment {
  readonly byKey = new Map<string, LabelKey>();
  readonly byLabel = new Map<string, string>();
  readonly #taken: ReadonlySet<string>;
  /** Keys of the workspace, and those that a schema asks for to search labels. */
  readonly #reserved: ReadonlySet<string>;

  /** A person's own first, then the schema's (the first label that asks has it), then 1 to 9, then letters; ratings come last. */
  constructor(
    questions: readonly Question[],
    private readonly project: string,
    private readonly own: Readonly<Record<string, string>>,
  ) {
    this.#taken = new Set(
      Object.entries(own).flatMap(([id, chord]) => (id.startsWith("label/") || !chord ? [] : [chord])),
    );
    this.#reserved = new Set([
      ...RESERVED,
      ...questions.flatMap((one) => normaliseHotkey(one.filter_hotkey) ?? []),
    ]);
    const all = questions.flatMap((question) =>
      (question.labels ?? []).map((label) => ({
        question: question.key,
        label: label.key,
        hotkey: label.hotkey,
      })),
    );
    for (const one of [...all, ...questions.flatMap(tools), ...questions.flatMap(steps)]) {
      const key = this.#chosen(one);
      if (key && this.#isFree(key)) this.#give(key, one);
    }
    for (const one of all) {
      const key = normaliseHotkey(one.hotkey);
      if (key && this.#wants(one) && this.#isFree(key)) this.#give(key, one);
    }
    const free = AUTOMATIC.filter((key) => this.#isFree(key) && !this.#reserved.has(key));
    for (const one of [...all, ...questions.flatMap(tools)]) {
      const key = this.#wants(one) ? free.shift() : undefined;
      if (key) this.#give(key, one);
    }
    for (const question of questions) if (tagOf(question) === "rating") this.#giveRun(question);
  }

  /** A rating's steps get neighbouring keys: its own digits while no label has one, else a run of letters. */
  #giveRun(question: Question): void {
    const wanting = steps(question);
    const most = wanting.length;
    for (const row of RUNS) {
      const last = row === DIGITS ? 0 : row.length - most;
      for (let start = 0; start <= last && most <= row.length; start += 1) {
        const run = [...row.slice(start, start + most)];
        if (run.some((key) => !this.#isFree(key) || this.#reserved.has(key))) continue;
        for (const [index, one] of wanting.entries()) {
          const key = run[index];
          if (key && this.#wants(one)) this.#give(key, one);
        }
        return;
      }
    }
  }

  #chosen(one: LabelKey): string | undefined {
    return this.own[labelId(this.project, one.question, one.label)];
  }

  /** Has no key yet, and its person has not said that it should have none. */
  #wants(one: LabelKey): boolean {
    return this.#chosen(one) === undefined && !this.byLabel.has(JSON.stringify([one.question, one.label]));
  }

  #isFree(key: string): boolean {
    return !this.byKey.has(key) && !this.#taken.has(key);
  }

  #give(key: string, { question, label }: LabelKey): void {
    this.byKey.set(key, { question, label });
    this.byLabel.set(JSON.stringify([question, label]), key);
  }
}

function steps(question: Question): readonly LabelKey[] {
  if (tagOf(question) !== "rating") return [];
  return Array.from({ length: question.max_rating ?? 5 }, (_, index) => ({
    question: question.key,
    label: String(index + 1),
  }));
}

/** What draws areas without a label of its own; its label is "". */
function tools(question: Question): readonly LabelKey[] {
  return marksArea(question) && !question.labels?.length ? [{ question: question.key, label: "" }] : [];
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
  pageup: "PgUp",
  pagedown: "PgDn",
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
    .split(/\+(?!$)/)
    .map((part) => (apple ? APPLE[part] : undefined) ?? NAMES[part] ?? part.toUpperCase());
}
