import type { Field, FieldKind } from "../../core/contracts";
import type { Texts } from "../../core/regions";
import type { Range } from "../../core/segments";
import { pagesIn } from "../../core/units";
import type { SpanView, ViewParts } from "../../dom/span-view";
import { TextView } from "../../dom/text-view";

/** Shows the text of a field of a kind; null where it is shown as plain text. */
export interface ViewMaker {
  view<R extends Range>(field: Field, texts: Texts, parts: ViewParts<R>): SpanView<R> | null;
  /** Whether what is shown is the text over which offsets count; it is where this is not said. */
  showsItsText?(field: Field, texts: Texts): boolean;
}

const MAKERS = new Map<FieldKind, ViewMaker>();

/** Views come with the packs that have them. */
export function addView(kinds: readonly FieldKind[], maker: ViewMaker): void {
  for (const kind of kinds) MAKERS.set(kind, maker);
}

/** Whether what is shown of a field is the text over which its offsets count. */
export function showsItsText(field: Field, texts: Texts): boolean {
  return MAKERS.get(field.kind ?? "text")?.showsItsText?.(field, texts) ?? true;
}

/** The view of a field's text, by the field's kind. */
export function viewOf<R extends Range>(field: Field, texts: Texts, parts: ViewParts<R>): SpanView<R> {
  parts.root.classList.remove("is-html", "is-turns", "is-pages");
  const made = MAKERS.get(field.kind ?? "text")?.view(field, texts, parts);
  if (made) return made;
  const view = new TextView(parts.root, texts.of(field.name).text, parts.look, parts.moved);
  if (field.kind === "pages") view.pages = pagesIn(texts, field.name);
  return view;
}
