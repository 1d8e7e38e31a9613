import { signal } from "@preact/signals-core";
import type { FieldKind, Question, Schema, Tag, Work } from "../../core/contracts";
import { treeOf } from "../../core/tags/choices";
import { marksArea, tagOf } from "../../core/tags/tag";

type Elements = Readonly<Record<string, CustomElementConstructor>>;

/** Elements that come when they are needed, a file a pack. */
export const PACKS = {
  areas: () => import("./areas"),
  aside: () => import("./aside"),
  asking: () => import("./asking"),
  chat: () => import("./chat"),
  deciding: () => import("./deciding"),
  grades: () => import("./grades"),
  hypertext: () => import("./hypertext"),
  pages: () => import("./pages"),
  regions: () => import("./regions"),
  rubric: () => import("./rubric"),
  stale: () => import("./stale"),
  suggested: () => import("./suggested"),
  table: () => import("./table"),
  talk: () => import("./talk"),
  versions: () => import("./versions"),
  writing: () => import("./writing"),
} satisfies Record<string, () => Promise<{ readonly ELEMENTS: Elements }>>;

export type Pack = keyof typeof PACKS;

const ASKED: Readonly<Partial<Record<Tag, Pack>>> = {
  chat: "chat",
  datetime: "asking",
  grades: "grades",
  pairwise: "asking",
  ranker: "asking",
  relations: "regions",
  rubric: "rubric",
  taxonomy: "asking",
};

/** What shows a field; the base shows the other kinds. */
const SHOWN: Readonly<Partial<Record<FieldKind, Pack>>> = {
  chat: "talk",
  dialogue: "talk",
  html: "hypertext",
  image: "areas",
  pages: "pages",
  table: "table",
};

function packsOf(question: Question): readonly (Pack | undefined)[] {
  return [
    ASKED[tagOf(question)],
    marksArea(question) ? "areas" : undefined,
    question.per_region ? "regions" : undefined,
    question.markdown ? "writing" : undefined,
    treeOf(question).nested || (question.key_of_data && question.kind !== "spans") ? "asking" : undefined,
  ];
}

/** The packs that a schema needs to be shown. */
export function packsFor(schema: Schema): readonly Pack[] {
  const asked = schema.questions.flatMap(packsOf);
  const shown = schema.fields.map((field) => SHOWN[field.kind ?? "text"]);
  return [...new Set([...asked, ...shown])].filter((pack) => pack !== undefined);
}

/** The packs that an item needs to be worked on. */
export function packsToWork({ schema, suggestions }: Work): readonly Pack[] {
  return suggestions?.length ? [...packsFor(schema), "suggested"] : packsFor(schema);
}

/** Makes elements known to the page. */
export function define(elements: Elements): void {
  for (const [name, element] of Object.entries(elements)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}

/** The packs whose elements the page knows. */
const here = signal<ReadonlySet<Pack>>(new Set());

/** Whether a pack that was needed did not come, so that something on the page cannot be shown. */
export const lacking = signal(false);

/** Whether these packs are here. Reading it in a drawing draws again when one comes. */
export function areHere(packs: readonly Pack[]): boolean {
  return packs.every((pack) => here.value.has(pack));
}

/** Makes the elements of these packs known to the page. @returns whether they came; nothing is said when not. */
export async function loadPacks(packs: readonly Pack[]): Promise<boolean> {
  try {
    const loaded = await Promise.all(packs.map((pack) => PACKS[pack]()));
    for (const { ELEMENTS: elements } of loaded) define(elements);
    here.value = new Set([...here.peek(), ...packs]);
    return true;
  } catch {
    return false;
  }
}

/** The same for what cannot be done without: the page says so where it does not come. */
export async function needPacks(packs: readonly Pack[]): Promise<boolean> {
  const came = areHere(packs) || (await loadPacks(packs));
  lacking.value = !came;
  return came;
}
