import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { meaning } from "../core/compare";
import type { Question } from "../core/contracts";
import type { DisputeDesk, Side } from "../core/decision";
import type { AnswerStore } from "../core/store";
import { marksText } from "../core/tags/tag";
import type { Painted } from "../dom/text-view";
import { t } from "../i18n";
import { AssayElement } from "./base";
import { capsOf, shortcutOf } from "./command-parts";
import { painted, titleOf } from "./context";
import { commands } from "./keyboard";
import { mergeTable } from "./merge-table";
import { icon } from "./parts";
import { whenOpen } from "./portions";
import { summary } from "./summary";

/** The answers side by side, each with a button to take it: drawn again when one's own answer changes. */
export class SidesElement extends AssayElement {
  static override properties = { desk: { attribute: false } };

  declare desk: DisputeDesk;

  protected override render(): TemplateResult {
    const { desk } = this;
    const differing = desk.differing.size;
    return html`
      <section class="sides" aria-label=${t("decide.answers")}>
        <h2 class="visually-hidden">${t("decide.answers")}</h2>
        <p class="sides-legend muted small">
          ${t("decide.differ", { n: differing })} ${differing > 0 ? t("decide.legend") : nothing}
        </p>
        <div class="side-grid">${desk.sides.map((side) => sideCard(desk, side))}</div>
        ${merging(desk)} ${marksText(desk.question) ? mergeTable(desk) : nothing}
      </section>
    `;
  }
}

function merging(desk: DisputeDesk): TemplateResult | typeof nothing {
  if (!desk.merges || desk.readOnly || desk.sides.length < 2) return nothing;
  return html`<p class="side-merge">
    <button type="button" class="button small" aria-keyshortcuts=${shortcutOf("take/most")} @click=${() => commands.run("take/most")}>
      ${t("decide.most")}${capsOf("take/most")}
    </button>
    <span class="muted small">${t("decide.most.help")}</span>
  </p>`;
}

function sideCard(desk: DisputeDesk, side: Side): TemplateResult {
  const { question, differing } = desk;
  const same = desk.equals(side);
  return html`
    <article class="side ${same ? "is-taken" : ""}" aria-labelledby="side-${side.name}">
      <header class="side-head">
        <h3 id="side-${side.name}">${t("decide.answer", { name: side.name })}</h3>
        ${same ? html`<span class="side-same">${icon("check")}${t("decide.taken")}</span>` : nothing}
      </header>
      ${marksText(question) ? spansOf(desk, side) : summary(side.store, question, side.regions, differing)}
      ${others(desk, side)}
      ${
        desk.readOnly
          ? nothing
          : html`<button type="button" class="button small" aria-keyshortcuts=${shortcutOf(`take/${side.name}`)}
              aria-disabled=${same ? "true" : "false"} @click=${() => commands.run(`take/${side.name}`)}>
              ${t("decide.take", { name: side.name })}${capsOf(`take/${side.name}`)}
            </button>`
      }
    </article>
  `;
}

function paintedOf({ question, differing }: DisputeDesk, side: Side): readonly Painted[] {
  const spans = side.regions.filter((region) => region.kind === "spans");
  return spans.map((span) => painted(question, span, { differs: differing.has(meaning(span)) }));
}

function spansOf(desk: DisputeDesk, side: Side): TemplateResult {
  const { store, question, differing, dispute } = desk;
  // Cells and areas stand in no text.
  if (["table", "image"].includes(store.texts.field(question.field).kind ?? "text"))
    return summary(side.store, question, side.regions, differing);
  return html`
    <div class="side-text" tabindex="0" role="region" aria-label=${t("decide.answer", { name: side.name })}>
      <assay-text-view
        .field=${store.texts.field(question.field)}
        .texts=${store.texts}
        .spans=${guard([side], () => paintedOf(desk, side))}
        .language=${dispute.item.language ?? ""}
      ></assay-text-view>
    </div>
  `;
}

/** What the same annotator said to the other questions, folded away. */
function others(desk: DisputeDesk, side: Side): TemplateResult | typeof nothing {
  const { schema } = desk.dispute;
  const rest = schema.questions.filter((question) => question.key !== desk.question.key);
  if (rest.length === 0) return nothing;
  return html`
    <details class="side-others">
      <summary>${t("decide.others", { name: side.name })}</summary>
      ${whenOpen(() => html`<dl>${rest.map((question) => otherAnswer(side.store, question))}</dl>`)}
    </details>
  `;
}

function otherAnswer(store: AnswerStore, question: Question): TemplateResult {
  return html`<dt>${titleOf(question)}</dt><dd>${summary(store, question, store.regions(question.key).peek())}</dd>`;
}
