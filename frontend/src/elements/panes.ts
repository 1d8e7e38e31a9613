import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { apart } from "../core/about";
import { allHold, isShown } from "../core/conditions";
import type { Field, LayoutNode, Question, ViewNode } from "../core/contracts";
import { labelsAreas, marks, tagOf } from "../core/tags/tag";
import { t } from "../i18n";
import { type AnswerContext, lookedAt } from "./context";
import { fieldView } from "./fields";
import type { Side } from "./pair-side";
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

/** The field as its questions have it: two of a pair beside one another, a list that is ranked as cards. */
function fieldOf(context: AnswerContext, field: Field): TemplateResult | typeof nothing {
  const { questions, fields } = context.store.schema;
  const ranker = questions.find((one) => tagOf(one) === "ranker" && one.field === field.name);
  if (ranker && field.kind === "list")
    return html`<div class="field-pane">
      ${field.title ? html`<p class="field-title">${field.title}</p>` : nothing}
      <assay-ranker .context=${context} .question=${ranker}></assay-ranker>
    </div>`;
  const pair = questions.find(
    (one) => tagOf(one) === "pairwise" && [one.field, one.also?.[0]].includes(field.name),
  );
  const other = fields.find((one) => one.name === pair?.also?.[0]);
  if (!pair || !other) return fieldPane(context, field);
  if (field.name !== pair.field) return nothing;
  const side = (name: Side, shown: Field): TemplateResult => html`<div class="pair-side">
    <assay-pair-side .context=${context} .question=${pair} .side=${name}></assay-pair-side>
    ${fieldPane(context, shown)}
  </div>`;
  return html`<div class="pair">${side("left", field)}${side("right", other)}</div>`;
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
