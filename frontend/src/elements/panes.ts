import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Field, LayoutNode, Question, Schema } from "../core/contracts";
import { t } from "../i18n";
import type { AnswerContext } from "./context";
import { FAMILIES, questionControl } from "./registry";

/** The layout in two columns: a header stands in the column of what follows it. */
export interface Columns {
  readonly text: readonly LayoutNode[];
  readonly questions: readonly LayoutNode[];
}

/** Splits a schema's layout; fields and questions that it forgets come last. */
export function columns(schema: Schema): Columns {
  const named = new Set(
    schema.layout.map((node) =>
      node.node === "field" ? `f ${node.name}` : node.node === "question" ? `q ${node.key}` : "",
    ),
  );
  const all: LayoutNode[] = [
    ...schema.layout,
    ...schema.fields
      .filter((one) => !named.has(`f ${one.name}`))
      .map(({ name }) => ({ node: "field", name }) as const),
    ...schema.questions
      .filter((one) => !named.has(`q ${one.key}`))
      .map(({ key }) => ({ node: "question", key }) as const),
  ];
  const split = { text: [] as LayoutNode[], questions: [] as LayoutNode[] };
  let waiting: LayoutNode[] = [];
  for (const node of all) {
    waiting.push(node);
    if (node.node === "header") continue;
    split[node.node === "field" ? "text" : "questions"].push(...waiting);
    waiting = [];
  }
  split.questions.push(...waiting);
  return split;
}

function header(text: string): TemplateResult {
  return html`<p class="instruction">${text}</p>`;
}

/** A text to work on, under the labels that can be put on it. */
function fieldPane(
  context: AnswerContext,
  field: Field,
  data: Readonly<Record<string, unknown>>,
): TemplateResult {
  const { store, language } = context;
  const value = data[field.key];
  if (typeof value !== "string")
    return html`<p class="notice warn">${t("work.textMissing", { field: field.key })}</p>`;
  const spans = store.schema.questions.filter((one) => one.kind === "spans" && one.field === field.name);
  return html`
    ${spans.map((question) => FAMILIES.spans.aboveText?.(context, question) ?? nothing)}
    ${
      spans.length > 0
        ? html`<assay-text-editor .context=${context} .field=${field}></assay-text-editor>`
        : html`<assay-text-view .text=${value} .language=${language}></assay-text-view>`
    }
  `;
}

/** The texts, with what the schema says above them. */
export function textPane(
  context: AnswerContext,
  nodes: readonly LayoutNode[],
  data: Readonly<Record<string, unknown>>,
): TemplateResult {
  const { fields } = context.store.schema;
  return html`${nodes.map((node) => {
    if (node.node === "header") return header(node.text);
    const field = node.node === "field" ? fields.find((one) => one.name === node.name) : undefined;
    return field ? fieldPane(context, field, data) : nothing;
  })}`;
}

/** The questions; `missing` are those that a submit found open. */
export function questionsPane(
  context: AnswerContext,
  nodes: readonly LayoutNode[],
  missing: readonly Question[],
): TemplateResult {
  const { questions } = context.store.schema;
  return html`${nodes.map((node, index) => {
    if (node.node === "field") return nothing;
    if (node.node === "header")
      return isTitleOfNext(questions, nodes[index + 1], node.text) ? nothing : header(node.text);
    const question = questions.find((one) => one.key === node.key);
    return question
      ? keyed(question.key, questionControl(context, question, missing.includes(question)))
      : nothing;
  })}`;
}

/** A header that became the next question's title is not said twice. */
function isTitleOfNext(questions: readonly Question[], next: LayoutNode | undefined, text: string): boolean {
  return next?.node === "question" && questions.find((one) => one.key === next.key)?.title === text;
}
