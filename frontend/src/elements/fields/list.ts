import { html, nothing, type TemplateResult } from "lit";
import type { Field } from "../../core/contracts";
import { type Entry, entriesOf } from "../../core/field-text";
import { t } from "../../i18n";
import type { AnswerContext } from "../context";

/** What stands on a card of a list: the ranker shows the same. */
export function entryCard({ title, body }: Entry): TemplateResult {
  return html`${title ? html`<p class="entry-title">${title}</p>` : nothing}${body ? html`<p class="entry-body">${body}</p>` : nothing}`;
}

/** The things of a list, to be read. */
export function listView({ store, language }: AnswerContext, field: Field): TemplateResult {
  const entries = entriesOf(field, store.texts.data);
  if (entries.length === 0) return html`<p class="question-help">${t("list.empty")}</p>`;
  return html`<ol class="entries" lang=${language} aria-label=${field.title || t("list.name", { n: entries.length })}>
    ${entries.map((entry) => html`<li class="entry">${entryCard(entry)}</li>`)}
  </ol>`;
}
