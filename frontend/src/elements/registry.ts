import { html, nothing, type TemplateResult } from "lit";
import type { Kind, Question } from "../core/contracts";
import type { AnswerContext } from "./context";

type Draw = (context: AnswerContext, question: Question, missing: boolean) => TemplateResult;

/** A family of questions: what stands among the questions, and what stands above the text. */
export interface Family {
  readonly question: Draw;
  readonly aboveText?: (context: AnswerContext, question: Question) => TemplateResult;
}

const choice: Draw = (context, question, missing) =>
  html`<assay-choice .context=${context} .question=${question} ?missing=${missing}></assay-choice>`;

/** One row a kind: a new kind of question is one element and one row here. */
export const FAMILIES: Readonly<Record<Kind, Family>> = {
  choice: { question: choice },
  choices: { question: choice },
  rating: {
    question: (context, question, missing) =>
      html`<assay-rating .context=${context} .question=${question} ?missing=${missing}></assay-rating>`,
  },
  number: {
    question: (context, question, missing) =>
      html`<assay-number .context=${context} .question=${question} ?missing=${missing}></assay-number>`,
  },
  text: {
    question: (context, question, missing) =>
      html`<assay-note .context=${context} .question=${question} ?missing=${missing}></assay-note>`,
  },
  spans: {
    question: (context, question, missing) =>
      html`<assay-span-list .context=${context} .question=${question} ?missing=${missing}></assay-span-list>`,
    aboveText: (context, question) =>
      context.readOnly
        ? html`${nothing}`
        : html`<assay-span-labels .context=${context} .question=${question}></assay-span-labels>`,
  },
};

/** The question's control. */
export function questionControl(
  context: AnswerContext,
  question: Question,
  missing: boolean,
): TemplateResult {
  return FAMILIES[question.kind].question(context, question, missing);
}
