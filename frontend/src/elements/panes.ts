import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { apart } from "../core/about";
import { allHold, isShown } from "../core/conditions";
import type { Field, LayoutNode, Question, ViewNode } from "../core/contracts";
import { labelsAreas, marks, tagOf } from "../core/tags/tag";
import { t } from "../i18n";
import { type AnswerContext, lookedAt, titleOf } from "./context";
import { fieldView } from "./fields";
import { pairsOf, type Side } from "./pair-side";
import { FAMILIES, questionControl } from "./registry";

type Draw = (node: LayoutNode, next: LayoutNode | undefined) => TemplateResult | typeof nothing;

function header(text: string): TemplateResult {
  return html`<p class="instruction">${text}</p>`;
}

function view(context: AnswerContext, node: ViewNode, draw: Draw): TemplateResult | typeof nothing {
  if (!allHold(node.when, context.store, lookedAt(context))) return nothing;
  const children = node.children.map((one, index) => draw(one, node.children[index + 1]));
  if (node.title)
    return html`<details class="panel" open><summary>${node.title}</summary>${children}</details>`;
  return html`<div class=${node.row ? "layout-row" : "layout-view"}>${children}</div>`;
}

/** A field to work on, under the labels that can be put on it. */
function fieldPane(context: AnswerContext, field: Field): TemplateResult {
  const { store } = context;
  if (store.texts.data[field.key] === undefined)
    return html`<p class="notice warn">${t("work.textMissing", { field: field.key })}</p>`;
  const own = store.schema.questions.filter((one) => one.field === field.name);
  const asked = own.filter((one) => marks(one) || labelsAreas(one));
  return html`<div class="field-pane">
    ${field.title ? html`<p class="field-title">${field.title}</p>` : nothing}
    ${asked.map((question) => FAMILIES[tagOf(question)]?.aboveText?.(context, question) ?? nothing)}
    ${fieldView(context, field, asked.length > 0 || store.turnQuestions.some((one) => one.field === field.name))}
  </div>`;
}

/** A field by itself: a list that is ranked as cards, on a board for each question that ranks it; else to work on. */
function alone(context: AnswerContext, field: Field): TemplateResult {
  const rankers = context.store.schema.questions.filter(
    (one) => tagOf(one) === "ranker" && one.field === field.name,
  );
  if (rankers.length === 0 || field.kind !== "list") return fieldPane(context, field);
  const named = (question: Question): TemplateResult | typeof nothing =>
    rankers.length > 1 ? html`<p class="field-title">${titleOf(question)}</p>` : nothing;
  return html`<div class="field-pane">
    ${field.title ? html`<p class="field-title">${field.title}</p>` : nothing}
    ${rankers.map(
      (question) =>
        html`${named(question)}<assay-ranker .context=${context} .question=${question}></assay-ranker>`,
    )}
  </div>`;
}

/** Two fields beside one another, of which one is the better. */
function pairBlock(context: AnswerContext, question: Question, fields: readonly Field[]): TemplateResult {
  const side = (name: Side, shown: Field): TemplateResult => html`<div class="pair-side">
    <assay-pair-side .context=${context} .question=${question} .side=${name}></assay-pair-side>
    ${alone(context, shown)}
  </div>`;
  const [left, right] = [question.field, question.also?.[0]].map((name) =>
    fields.find((one) => one.name === name),
  );
  return html`<div class="pair" role="group" aria-label=${titleOf(question)} data-pair=${question.key}>
    ${left ? side("left", left) : nothing}${right ? side("right", right) : nothing}
  </div>`;
}

/** The field as its questions have it: a field of a pair stands beside the other, in each pair that it is part of. */
function fieldOf(context: AnswerContext, field: Field): TemplateResult | typeof nothing {
  const { fields } = context.store.schema;
  const pairs = pairsOf(context.store.schema);
  const begun = pairs.filter((one) => one.field === field.name);
  if (begun.length > 0) return html`${begun.map((pair) => pairBlock(context, pair, fields))}`;
  return pairs.some((one) => one.also?.[0] === field.name) ? nothing : alone(context, field);
}

/** The fields, with what the schema says above them, and the relations drawn over them. */
export function textPane(context: AnswerContext, nodes: readonly LayoutNode[]): TemplateResult {
  const { fields, questions } = context.store.schema;
  const draw: Draw = (node) => {
    if (node.node === "header") return header(node.text);
    if (node.node === "view") return view(context, node, draw);
    const field = node.node === "field" ? fields.find((one) => one.name === node.name) : undefined;
    return field ? fieldOf(context, field) : nothing;
  };
  const related = questions.some((one) => tagOf(one) === "relations");
  return html`${nodes.map((node) => draw(node, undefined))}
    ${related ? html`<assay-relation-arcs .context=${context}></assay-relation-arcs>` : nothing}`;
}

/** The questions that are shown now; `missing` are those that a submit found open. */
export function questionsPane(
  context: AnswerContext,
  nodes: readonly LayoutNode[],
  missing: readonly Question[],
): TemplateResult {
  const { questions } = context.store.schema;
  const draw: Draw = (node, next) => {
    if (node.node === "field") return nothing;
    if (node.node === "view") return view(context, node, draw);
    if (node.node === "header") return isTitleOf(questions, next, node.text) ? nothing : header(node.text);
    const question = questions.find((one) => one.key === node.key);
    if (!question || !isShown(question, context.store, lookedAt(context))) return nothing;
    return html`${keyed(question.key, questionControl(context, question, missing.includes(question)))}`;
  };
  const all = (some: readonly LayoutNode[]) => some.map((node, index) => draw(node, some[index + 1]));
  const { whole, regions } = apart(
    nodes,
    (key) => questions.find((one) => one.key === key)?.per_region ?? false,
  );
  const panel =
    regions.length > 0
      ? html`<assay-region-panel .context=${context} .nodes=${regions} .draw=${draw}></assay-region-panel>`
      : nothing;
  return html`${panel} ${all(whole)}
    ${questions.some((one) => one.when?.length) ? html`<assay-shown-questions .context=${context}></assay-shown-questions>` : nothing}`;
}

/** A header that became the next question's title is not said twice. */
function isTitleOf(questions: readonly Question[], next: LayoutNode | undefined, text: string): boolean {
  return next?.node === "question" && questions.find((one) => one.key === next.key)?.title === text;
}
