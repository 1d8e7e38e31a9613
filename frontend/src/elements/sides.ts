import { html, nothing, type TemplateResult } from "lit";
import { meaning } from "../core/compare";
import type { Question } from "../core/contracts";
import type { DisputeDesk, Side } from "../core/decision";
import type { SpanRegion } from "../core/regions";
import { AnswerStore } from "../core/store";
import { t } from "../i18n";
import { painted } from "./context";
import { mergeTable } from "./merge-table";
import { icon, keys, shortcut } from "./parts";
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
      ${merging(desk)} ${question.kind === "spans" ? mergeTable(desk) : nothing}
    </section>
  `;
}

/** Takes what most answers hold. */
export const MOST_KEY = "shift+m";

function merging(desk: DisputeDesk): TemplateResult | typeof nothing {
  if (!desk.merges || desk.readOnly || desk.sides.length < 2) return nothing;
  return html`<p class="side-merge">
    <button type="button" class="button small" aria-keyshortcuts=${shortcut(MOST_KEY)} @click=${() => desk.takeMost()}>
      ${t("decide.most")}${keys(MOST_KEY)}
    </button>
    <span class="muted small">${t("decide.most.help")}</span>
  </p>`;
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
