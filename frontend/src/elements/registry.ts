import { html, nothing, type TemplateResult } from "lit";
import type { Question, Tag } from "../core/contracts";
import { treeOf } from "../core/tags/choices";
import { labelsAreas, tagOf } from "../core/tags/tag";
import type { AnswerContext } from "./context";

type Draw = (context: AnswerContext, question: Question, missing: boolean) => TemplateResult;

/** A family of questions: what stands among the questions, and what stands above the field. */
export interface Family {
  readonly question: Draw;
  readonly aboveText?: (context: AnswerContext, question: Question) => TemplateResult;
}

const choice: Draw = (context, question, missing) =>
  treeOf(question).nested
    ? html`<assay-choice-tree .context=${context} .question=${question} ?missing=${missing}></assay-choice-tree>`
    : html`<assay-choice .context=${context} .question=${question} ?missing=${missing}></assay-choice>`;

const marking: Family = {
  question: (context, question, missing) =>
    html`<assay-span-list .context=${context} .question=${question} ?missing=${missing}></assay-span-list>`,
  aboveText: (context, question) =>
    context.readOnly
      ? html`${nothing}`
      : html`<assay-span-labels .context=${context} .question=${question}></assay-span-labels>`,
};

const areas: Family = {
  ...marking,
  question: (context, question, missing) =>
    html`<assay-area-list .context=${context} .question=${question} ?missing=${missing}></assay-area-list>`,
};

/** One row a tag: a new tag is one element and one row here. */
export const FAMILIES: Readonly<Partial<Record<Tag, Family>>> = {
  choices: { question: choice },
  taxonomy: {
    question: (context, question, missing) =>
      html`<assay-taxonomy .context=${context} .question=${question} ?missing=${missing}></assay-taxonomy>`,
  },
  pairwise: {
    question: (context, question, missing) =>
      html`<assay-pairwise .context=${context} .question=${question} ?missing=${missing}></assay-pairwise>`,
  },
  ranker: {
    question: (context, question, missing) =>
      html`<assay-ranker-state .context=${context} .question=${question} ?missing=${missing}></assay-ranker-state>`,
  },
  datetime: {
    question: (context, question, missing) =>
      html`<assay-datetime .context=${context} .question=${question} ?missing=${missing}></assay-datetime>`,
  },
  relations: {
    question: (context, question, missing) =>
      html`<assay-relations .context=${context} .question=${question} ?missing=${missing}></assay-relations>`,
  },
  rating: {
    question: (context, question, missing) =>
      html`<assay-rating .context=${context} .question=${question} ?missing=${missing}></assay-rating>`,
  },
  number: {
    question: (context, question, missing) =>
      html`<assay-number .context=${context} .question=${question} ?missing=${missing}></assay-number>`,
  },
  textarea: {
    question: (context, question, missing) =>
      question.markdown
        ? html`<assay-writing .context=${context} .question=${question} ?missing=${missing}></assay-writing>`
        : html`<assay-note .context=${context} .question=${question} ?missing=${missing}></assay-note>`,
  },
  chat: {
    question: (context, question, missing) =>
      html`<assay-chat-writing .context=${context} .question=${question} ?missing=${missing}></assay-chat-writing>`,
  },
  rubric: {
    question: (context, question, missing) =>
      html`<assay-rubric .context=${context} .question=${question} ?missing=${missing}></assay-rubric>`,
  },
  grades: {
    question: (context, question, missing) =>
      html`<assay-grades .context=${context} .question=${question} ?missing=${missing}></assay-grades>`,
  },
  labels: {
    ...marking,
    question: (context, question, missing) =>
      (labelsAreas(question) ? choice : marking.question)(context, question, missing),
  },
  hypertextlabels: marking,
  paragraphlabels: marking,
  rectanglelabels: areas,
  polygonlabels: areas,
  rectangle: areas,
  polygon: areas,
};

/** The question's control. */
export function questionControl(
  context: AnswerContext,
  question: Question,
  missing: boolean,
): TemplateResult {
  return FAMILIES[tagOf(question)]?.question(context, question, missing) ?? html`${nothing}`;
}
