import type { Label, Question } from "../contracts";
import type { ChoiceRegion, Region } from "../regions";
import { type Body, type Codec, known, strings, type Value } from "./codec";
import { asksForSet } from "./tag";

/** A question's labels as a tree, made once a question. */
export interface LabelTree {
  readonly byKey: ReadonlyMap<string, Label>;
  /** By the parent's key; the roots under "". */
  readonly children: ReadonlyMap<string, readonly Label[]>;
  readonly nested: boolean;
}

const TREES = new WeakMap<readonly Label[], LabelTree>();
const NONE: readonly Label[] = [];

export function treeOf(question: Question): LabelTree {
  const labels = question.labels ?? NONE;
  const found = TREES.get(labels);
  if (found) return found;
  const children = new Map<string, Label[]>();
  for (const label of labels) {
    const siblings = children.get(label.parent ?? "");
    if (siblings) siblings.push(label);
    else children.set(label.parent ?? "", [label]);
  }
  const tree = {
    byKey: new Map(labels.map((label) => [label.key, label])),
    children,
    nested: labels.some((label) => label.parent),
  };
  TREES.set(labels, tree);
  return tree;
}

/** The labels from the root down to this one. */
export function pathOf(question: Question, key: string): readonly Label[] {
  const { byKey } = treeOf(question);
  const path: Label[] = [];
  for (let label = byKey.get(key); label; label = label.parent ? byKey.get(label.parent) : undefined)
    path.unshift(label);
  return path;
}

function partOf(label: Label): string {
  return label.part || label.key;
}

function keyOf(question: Question, path: readonly string[]): string | null {
  const { children } = treeOf(question);
  let at: Label | undefined;
  for (const part of path) {
    at = children.get(at?.key ?? "")?.find((label) => partOf(label) === part);
    if (!at) return null;
  }
  return at?.key ?? null;
}

function body(question: Question, choices: readonly string[]): Body<ChoiceRegion> {
  return { kind: asksForSet(question) ? "choices" : "choice", choices };
}

function fromPaths(question: Question, value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const keys = value.map((path) => {
    const parts = strings(path);
    return parts ? keyOf(question, parts) : null;
  });
  return keys.every((key) => key !== null) ? keys : null;
}

function paths(question: Question, region: ChoiceRegion): readonly (readonly string[])[] {
  return region.choices.map((key) => pathOf(question, key).map(partOf));
}

/** Choices: keys, or paths where choices are nested. */
export const choices: Codec = {
  read: (wire, question) => {
    const given = wire.value.choices;
    const keys = treeOf(question).nested ? fromPaths(question, given) : known(question, strings(given));
    return keys?.length ? body(question, keys) : null;
  },
  write: (region: Region, question): Value => {
    const said = region as ChoiceRegion;
    return { choices: treeOf(question).nested ? paths(question, said) : said.choices };
  },
};

/** Taxonomy: paths always. */
export const taxonomy: Codec = {
  read: (wire, question) => {
    const keys = fromPaths(question, wire.value.taxonomy);
    return keys?.length ? body(question, keys) : null;
  },
  write: (region, question) => ({ taxonomy: paths(question, region as ChoiceRegion) }),
};

/** Pairwise: which of two fields. */
export const pairwise: Codec = {
  read: (wire, question) => {
    const keys = known(question, strings([wire.value.selected]));
    return keys ? body(question, keys) : null;
  },
  write: (region) => ({ selected: (region as ChoiceRegion).choices[0] }),
};
