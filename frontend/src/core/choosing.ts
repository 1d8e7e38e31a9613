/** Choosing labels, of lists and of trees: what is chosen, and which rows of a tree are shown. */

import { answerTo, type Of, placed, put } from "./about";
import type { Label, Question } from "./contracts";
import type { AnswerStore } from "./store";
import { pathOf, treeOf } from "./tags/choices";
import { asksForSet, labelsAreas, tagOf } from "./tags/tag";
import { usesLeft } from "./uses";

const CHOOSES: ReadonlySet<string> = new Set(["choices", "taxonomy", "pairwise"]);
const NONE: readonly string[] = [];

/** Whether its answers are labels that are chosen. */
export function chooses(question: Question): boolean {
  return CHOOSES.has(tagOf(question)) || labelsAreas(question);
}

/** The labels chosen, of the whole or of one marked region. */
export function chosen(store: AnswerStore, question: string, of: Of = null): readonly string[] {
  const region = answerTo(store, question, of);
  return region?.kind === "choice" || region?.kind === "choices" ? region.choices : NONE;
}

/** Whether a label is for choosing: of a taxonomy perhaps only those without others below. */
export function choosable(question: Question, label: string): boolean {
  return !question.leaves_only || !treeOf(question).children.has(label);
}

/** Whether as many labels are chosen as may be. */
export function isFull(question: Question, count: number): boolean {
  return asksForSet(question) && question.most != null && count >= question.most;
}

/** Chooses a label, or takes it back when it is chosen already; a single choice gives way to the new one. */
export function toggleChoice(store: AnswerStore, question: string, label: string, of: Of = null): boolean {
  const asked = store.question(question);
  if (!chooses(asked) || !choosable(asked, label)) return false;
  const now = new Set(chosen(store, question, of));
  const had = now.delete(label);
  if (!had && isFull(asked, now.size)) return false;
  if (!had && labelsAreas(asked) && usesLeft(store, question, label) === 0) return false;
  const set = asksForSet(asked);
  if (!set) now.clear();
  if (!had) now.add(label);
  const choices = (asked.labels ?? []).map((one) => one.key).filter((key) => now.has(key));
  const kind = set ? "choices" : "choice";
  const after = choices.length > 0 ? ({ ...placed(store, question, of), kind, choices } as const) : null;
  return put(store, question, of, after);
}

/** A row of a tree as it is shown. */
export interface Row {
  readonly label: Label;
  readonly depth: number;
  /** Its place among its siblings, from 1, and how many they are. */
  readonly place: number;
  readonly count: number;
  readonly opens: boolean;
  readonly isOpen: boolean;
}

/** The rows of a tree with these branches open. */
export function rowsOf(question: Question, opened: ReadonlySet<string>): readonly Row[] {
  const { children } = treeOf(question);
  const rows: Row[] = [];
  const walk = (parent: string, depth: number): void => {
    const siblings = children.get(parent) ?? [];
    for (const [index, label] of siblings.entries()) {
      const opens = children.has(label.key);
      const isOpen = opens && opened.has(label.key);
      rows.push({ label, depth, place: index + 1, count: siblings.length, opens, isOpen });
      if (isOpen) walk(label.key, depth + 1);
    }
  };
  walk("", 0);
  return rows;
}

/** Labels one under the other, each in the words of its path. */
export function flatRows(question: Question, labels: readonly Label[]): readonly Row[] {
  return labels.map((label, index) => ({
    label: { ...label, text: pathText(question, label.key) },
    depth: 0,
    place: index + 1,
    count: labels.length,
    opens: false,
    isOpen: false,
  }));
}

/** The keys above a label: what has to be open for it to be seen. */
export function above(question: Question, label: string): readonly string[] {
  return pathOf(question, label)
    .slice(0, -1)
    .map((one) => one.key);
}

/** A label with those above it, in words. */
export function pathText(question: Question, label: string): string {
  const path = pathOf(question, label);
  return path.length > 0 ? path.map((one) => one.text).join(" › ") : label;
}

const FOLDED = new WeakMap<readonly Label[], readonly string[]>();

function fold(words: string): string {
  return words.normalize("NFKC").toLowerCase();
}

/** Each label's path, folded: made once, so that a key press searches and does not build. */
function folded(question: Question): readonly string[] {
  const labels = question.labels ?? [];
  const known = FOLDED.get(labels);
  if (known) return known;
  const above = new Map<string, string>();
  const made = labels.map(({ key, text, parent, hint = "" }) => {
    const path = `${parent ? (above.get(parent) ?? "") : ""} ${fold(text)}`;
    above.set(key, path);
    return hint ? `${path} ${fold(hint)}` : path;
  });
  FOLDED.set(labels, made);
  return made;
}

/** The labels whose words, with those above, hold every word of what is looked for. */
export function search(question: Question, typed: string): readonly Label[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const texts = folded(question);
  return (question.labels ?? []).filter(
    (label, at) => choosable(question, label.key) && words.every((word) => texts[at]?.includes(word)),
  );
}
