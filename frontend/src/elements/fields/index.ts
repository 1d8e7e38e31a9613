import { html, nothing, type TemplateResult } from "lit";
import type { Field, FieldKind } from "../../core/contracts";
import { marksArea, marksText } from "../../core/tags/tag";
import { t } from "../../i18n";
import type { AnswerContext } from "../context";
import { listView } from "./list";
import { showsItsText } from "./views";

/** Draws a field; `asked` says that regions are marked on it. */
type DrawField = (context: AnswerContext, field: Field, asked: boolean) => TemplateResult;

const text: DrawField = (context, field, asked) => {
  const { store, language } = context;
  if (!asked)
    return html`<assay-text-view .context=${context} .field=${field} .texts=${store.texts} .language=${language}></assay-text-view>`;
  return html`<assay-text-editor .context=${context} .field=${field}></assay-text-editor>`;
};

/** Offsets over another text than the one that is shown would mark the wrong words: nothing is marked or found then. */
const markup: DrawField = (context, field, asked) => {
  const { store, language } = context;
  if (showsItsText(field, store.texts)) return text(context, field, asked);
  return html`<p class="notice warn" role="alert">${t("field.mismatch")}</p>
    <assay-text-view .field=${field} .texts=${store.texts} .language=${language}></assay-text-view>`;
};

const talk: DrawField = (context, field, asked) =>
  html`<assay-dialogue .context=${context} .field=${field} .asked=${asked}></assay-dialogue>`;

const table: DrawField = (context, field, asked) =>
  html`<assay-table .context=${context} .field=${field} .asked=${asked}></assay-table>`;

/** What is marked on a document: its words, areas of its pages. */
function howPages(
  { store }: AnswerContext,
  field: Field,
): { readonly words: boolean; readonly drawn: boolean } {
  const here = store.schema.questions.filter((one) => one.field === field.name);
  return { words: here.some(marksText), drawn: here.some(marksArea) };
}

const TEXTS: ReadonlySet<FieldKind> = new Set(["text", "html", "dialogue", "chat"]);

/** Whether a field is shown as a text, which can be searched: not as cells, a picture, cards, or pages to draw on. */
export function showsWords(context: AnswerContext, field: Field): boolean {
  if (field.kind !== "pages") return TEXTS.has(field.kind ?? "text");
  const { words, drawn } = howPages(context, field);
  return words || !drawn;
}

/** Pages are drawn on one by one; where their words are marked, or nothing is drawn, they stand below one another. */
const pages: DrawField = (context, field) => {
  const { words, drawn } = howPages(context, field);
  return html`
    ${drawn ? html`<assay-page-areas .context=${context} .field=${field}></assay-page-areas>` : nothing}
    ${showsWords(context, field) ? html`<assay-pages .context=${context} .field=${field} .asked=${words}></assay-pages>` : nothing}
  `;
};

const image: DrawField = (context, field, asked) =>
  html`<assay-image .context=${context} .field=${field} .asked=${asked}></assay-image>`;

/** One row a kind of field: a new kind is one element and one row here. */
export const FIELDS: Readonly<Partial<Record<FieldKind, DrawField>>> = {
  text,
  html: markup,
  dialogue: talk,
  chat: talk,
  table,
  pages,
  image,
  list: listView,
};

/** What the item shows in a field. */
export function fieldView(context: AnswerContext, field: Field, asked: boolean): TemplateResult {
  return FIELDS[field.kind ?? "text"]?.(context, field, asked) ?? html`${nothing}`;
}
