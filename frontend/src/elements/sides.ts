import { html, nothing, type TemplateResult } from "lit";
import { addSpan, removeSpan } from "../core/answers";
import { meaning } from "../core/compare";
import type { Question } from "../core/contracts";
import type { DisputeDesk, Side } from "../core/decision";
import { labelColour } from "../core/palette";
import { bySpan, type SpanRegion } from "../core/regions";
import { AnswerStore } from "../core/store";
import { t } from "../i18n";
import { findLabel, painted, spanText } from "./context";
import { icon, keys, shortcut, tint } from "./parts";
import { summary } from "./summary";

/** The answers side by side, each with a button to take it. */
export function sidesPane(desk: DisputeDesk): TemplateResult {
  const { question } = desk;
  const differing = desk.differing.size;
  return html`
    <section class="sides" aria-label=${t("decide.answers")}>
      <h2 class="visually-hidden">${t("decide.answers")}</h2>
      <p class="sides-legend muted small">
        ${t("decide.differ", { n: differing })} ${differing > 0 ? t("decide.legend") : nothing}
      </p>
      <div class="side-grid">${desk.sides.map((side) => sideCard(desk, side))}</div>
      ${question.kind === "spans" ? spanTable(desk) : nothing}
    </section>
  `;
}

function sideCard(desk: DisputeDesk, side: Side): TemplateResult {
  const { store, question, differing } = desk;
  const same = desk.equals(side);
  return html`
    <article class="side ${same ? "is-taken" : ""}" aria-labelledby="side-${side.name}">
      <header class="side-head">
        <h3 id="side-${side.name}">${t("decide.answer", { name: side.name })}</h3>
        ${same ? html`<span class="side-same">${icon("check")}${t("decide.taken")}</span>` : nothing}
      </header>
      ${question.kind === "spans" ? spansOf(desk, side) : summary(store, question, side.regions, differing)}
      ${others(desk, side)}
      ${
        desk.readOnly
          ? nothing
          : html`<button type="button" class="button small" aria-keyshortcuts=${shortcut(takeKey(side))} ?disabled=${same} @click=${() => desk.take(side)}>
              ${t("decide.take", { name: side.name })}${keys(takeKey(side))}
            </button>`
      }
    </article>
  `;
}

/** Shift and the answer's letter. */
export function takeKey(side: Side): string {
  return `shift+${side.name.toLowerCase()}`;
}

function spansIn(side: Side): readonly SpanRegion[] {
  return side.regions.filter((region) => region.kind === "spans");
}

function spansOf(desk: DisputeDesk, side: Side): TemplateResult {
  const { store, question, differing, dispute } = desk;
  const spans = spansIn(side).map((span) =>
    painted(question, span, { differs: differing.has(meaning(span)) }),
  );
  return html`
    <div class="side-text" tabindex="0" role="region" aria-label=${t("decide.answer", { name: side.name })}>
      <assay-text-view
        .text=${store.texts.of(question.field).text}
        .spans=${spans}
        .language=${dispute.item.language ?? ""}
      ></assay-text-view>
    </div>
  `;
}

/** What the same annotator said to the other questions, folded away. */
function others(desk: DisputeDesk, side: Side): TemplateResult | typeof nothing {
  const { schema, item } = desk.dispute;
  const rest = schema.questions.filter((question) => question.key !== desk.question.key);
  if (rest.length === 0) return nothing;
  const store = new AnswerStore(schema, item.data, side.result);
  return html`
    <details class="side-others">
      <summary>${t("decide.others", { name: side.name })}</summary>
      <dl>${rest.map((question) => otherAnswer(store, question))}</dl>
    </details>
  `;
}

function otherAnswer(store: AnswerStore, question: Question): TemplateResult {
  const title = question.title || question.key;
  return html`<dt>${title}</dt><dd>${summary(store, question, store.regions(question.key).peek())}</dd>`;
}

function spanTable(desk: DisputeDesk): TemplateResult {
  const rows = new Map<string, SpanRegion>();
  for (const side of desk.sides) for (const span of spansIn(side)) rows.set(meaning(span), span);
  const all = [...rows.values()].sort(bySpan);
  return html`
    <div class="table-scroll" tabindex="0" role="region" aria-label=${t("decide.spans.compare")}>
      <table class="span-table">
        <caption>${t("decide.spans.compare")}</caption>
        <thead>
          <tr>
            <th scope="col">${t("decide.spans.span")}</th>
            ${desk.sides.map((side) => html`<th scope="col">${side.name}</th>`)}
            <th scope="col">${t("decide.spans.yours")}</th>
          </tr>
        </thead>
        <tbody>${all.map((span) => spanRow(desk, span))}</tbody>
      </table>
    </div>
  `;
}

function spanRow(desk: DisputeDesk, span: SpanRegion): TemplateResult {
  const { label, index } = findLabel(desk.question, span.label);
  const key = meaning(span);
  return html`
    <tr class=${desk.differing.has(key) ? "differs" : ""} ${tint(labelColour(label, index))}>
      <th scope="row"><span class="chip">${label.text}</span> <span class="span-text">${spanText(desk.store, span)}</span></th>
      ${desk.sides.map((side) => html`<td>${hasMark(side.regions.some((one) => meaning(one) === key))}</td>`)}
      <td>${ownCell(desk, span)}</td>
    </tr>
  `;
}

function hasMark(has: boolean): TemplateResult {
  return has
    ? html`${icon("check")}<span class="visually-hidden">${t("decide.spans.has")}</span>`
    : html`<span aria-hidden="true">–</span><span class="visually-hidden">${t("decide.spans.hasNot")}</span>`;
}

function ownCell(desk: DisputeDesk, span: SpanRegion): TemplateResult {
  const own = desk.store.spans(desk.question.key).find((one) => meaning(one) === meaning(span));
  if (desk.readOnly) return hasMark(own !== undefined);
  const toggle = (): void => {
    if (own) removeSpan(desk.store, own);
    else addSpan(desk.store, desk.question.key, span.start, span.end, span.label);
  };
  const { text } = findLabel(desk.question, span.label).label;
  const action = own ? t("decide.spans.drop") : t("decide.spans.put");
  return html`
    <input
      type="checkbox"
      .checked=${own !== undefined}
      aria-label="${action}: ${text}, ${spanText(desk.store, span)}"
      @change=${toggle}
    />
  `;
}
