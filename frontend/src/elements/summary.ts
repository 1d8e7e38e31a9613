import { html, nothing, type TemplateResult } from "lit";
import { pathText } from "../core/choosing";
import { meaning } from "../core/compare";
import type { Question } from "../core/contracts";
import { labelColour } from "../core/palette";
import { ranked } from "../core/ranking";
import type { RankingRegion, Region } from "../core/regions";
import type { AnswerStore } from "../core/store";
import { treeOf } from "../core/tags/choices";
import { figure, t } from "../i18n";
import { criteria } from "./authoring/criteria";
import { roleName } from "./authoring/message";
import { shown } from "./authoring/writing";
import { findLabel, labelText, spanText } from "./context";
import { areaName, whereOf } from "./fields/area-words";
import { momentWords } from "./moment-words";
import { choiceName } from "./pair-side";
import { tint } from "./parts";
import { portions } from "./portions";
import { regionLine } from "./region-name";
import { ARROWS, relationEnds } from "./relation-words";

function value(store: AnswerStore, question: Question, region: Region): TemplateResult {
  switch (region.kind) {
    case "choice":
    case "choices":
      return html`${region.choices.map((key) => html`<span class="value">${choiceText(store, question, key)}</span>`)}`;
    case "rating":
      return html`<span class="value">${t("rating.of", { n: region.rating, max: question.max_rating ?? 5 })}</span>`;
    case "number":
      return html`<span class="value">${figure(region.number)}</span>`;
    case "text":
      if (question.markdown) return html`${region.texts.map(shown)}`;
      return html`${region.texts.map((text) => html`<p class="value-text">${text}</p>`)}`;
    case "message":
      return html`<p class="value-text"><b>${roleName(region.role)}</b> ${region.content}</p>`;
    case "rubric":
    case "grades":
      return criteria(store, question, region);
    case "spans": {
      const { label, index } = findLabel(question, region.label);
      return html`<span class="chip" ${tint(labelColour(label, index))}>${label.text}</span>
        <span class="span-text">${spanText(store, region)}</span>`;
    }
    case "boxes": {
      const { text, colour } = areaName(store, region);
      return html`${text ? html`<span class="chip" ${tint(colour)}>${text}</span>` : nothing}
        <span class="span-text">${whereOf(region)}</span>`;
    }
    case "datetime":
      return html`<span class="value">${momentWords(region.datetime)}</span>`;
    case "ranking":
      return ranking(store, question, region.ranks);
    case "relations": {
      const { from, to } = relationEnds(store, region);
      const labels = region.labels.map((key) => labelText(question, key)).join(", ");
      return html`<span class="span-text">${from} ${ARROWS[region.direction]} ${to}</span>
        ${labels ? html`<span class="relation-label">${labels}</span>` : nothing}`;
    }
    default:
      return html`${nothing}`;
  }
}

function choiceText(store: AnswerStore, question: Question, key: string): string {
  return treeOf(question).nested ? pathText(question, key) : choiceName(store, question, key);
}

/** What was ranked, by title; the titles come from the item. */
function ranking(store: AnswerStore, question: Question, ranks: RankingRegion["ranks"]): TemplateResult {
  const all = ranked(store, question);
  const title = (id: string): string => all.find((one) => one.id === id)?.title || id;
  const lanes = Object.entries(ranks).filter(([, ids]) => ids.length > 0);
  return html`${lanes.map(([key, ids]) => {
    const name = question.buckets?.find((one) => one.key === key)?.text;
    return html`${name ? html`<p class="rank-bucket">${name}</p>` : nothing}
      <ol class="rank-order">${ids.map((id) => html`<li>${title(id)}</li>`)}</ol>`;
  })}`;
}

/** Of an answer about a marked region: which one. */
function about(store: AnswerStore, region: Region): TemplateResult | typeof nothing {
  const marked = region.of ? store.region(region.of) : null;
  return marked ? html`<span class="muted">${regionLine(store, marked)}</span> ` : nothing;
}

/** An answer to one question in words; what is in `marked` stands out, by a sign as well as by colour. */
export function summary(
  store: AnswerStore,
  question: Question,
  regions: readonly Region[],
  marked: ReadonlySet<string> = new Set(),
): TemplateResult {
  if (regions.length === 0) return html`<p class="value-none">${t("question.none")}</p>`;
  const differs = (region: Region): boolean =>
    marked.size > 0 && marked.has(meaning(region, (id) => store.region(id)));
  return portions(
    regions,
    (some) => html`
      <ul class="summary">
        ${some.map(
          (region) => html`<li class=${differs(region) ? "differs" : ""}>
            ${about(store, region)}${value(store, question, region)}
            ${differs(region) ? html`<span class="visually-hidden">(${t("spans.differs")})</span>` : ""}
          </li>`,
        )}
      </ul>
    `,
    differs,
  );
}
