import { html, nothing, type TemplateResult } from "lit";
import type { Question } from "../../core/contracts";
import type { Region } from "../../core/regions";
import type { AnswerStore } from "../../core/store";
import { titleOf } from "../context";
import { summary } from "../summary";

/** What one question has been answered about one region. */
export interface Said {
  readonly question: Question;
  readonly regions: readonly Region[];
}

/** What has been answered about the regions of a field, by region. Reading it listens. */
export function saidOf(store: AnswerStore, field: string): ReadonlyMap<string, readonly Said[]> {
  const found = new Map<string, Said[]>();
  for (const question of store.schema.questions.filter((one) => one.per_region && one.field === field)) {
    const groups = new Map<string, Region[]>();
    for (const region of store.regions(question.key).value) {
      const group = groups.get(region.of ?? "") ?? [];
      group.push(region);
      groups.set(region.of ?? "", group);
    }
    for (const [of, regions] of groups) found.set(of, [...(found.get(of) ?? []), { question, regions }]);
  }
  return found;
}

/** Answers under the names of their questions. */
export function saidList(store: AnswerStore, said: readonly Said[]): TemplateResult | typeof nothing {
  if (said.length === 0) return nothing;
  return html`<dl class="turn-answers">
    ${said.map(({ question, regions }) => html`<div><dt>${titleOf(question)}</dt><dd>${summary(store, question, regions)}</dd></div>`)}
  </dl>`;
}

/** What has been answered about a turn, or about a message that was written. */
export function turnAnswers(
  store: AnswerStore,
  field: string,
  of: readonly string[],
): TemplateResult | typeof nothing {
  const said = saidOf(store, field);
  return saidList(
    store,
    of.flatMap((id) => said.get(id) ?? []),
  );
}
