import { html, nothing, type TemplateResult } from "lit";
import type { Question } from "../core/contracts";
import { labelColour } from "../core/palette";
import type { Region } from "../core/regions";
import type { SpanDesk } from "../core/span-desk";
import type { AnswerStore } from "../core/store";
import { isTurns, roleOf } from "../core/turn-regions";
import { turnAt, turnsIn } from "../core/units";
import { t } from "../i18n";
import { excerpt, findLabel, spanText, titleOf } from "./context";
import { areaName } from "./fields/area-words";
import { speakerName } from "./fields/speakers";
import { icon, tint } from "./parts";

export interface RegionWords {
  /** The label's text; "" of a region that is marked without one. */
  readonly label: string;
  readonly text: string;
  readonly colour: string;
}

/** A marked region in words. */
export function regionWords(store: AnswerStore, region: Region): RegionWords {
  if (region.kind === "boxes") {
    const { text: label, colour } = areaName(store, region);
    return { label, text: textOf(store, region), colour };
  }
  const question = store.question(region.question);
  const key = region.kind === "spans" ? region.label : "";
  const { label, index } = findLabel(question, key);
  return { label: key ? label.text : "", text: textOf(store, region), colour: labelColour(label, index) };
}

function textOf(store: AnswerStore, region: Region): string {
  if (region.kind === "message" || isTurns(region.question)) return turnLine(store, region);
  if (region.kind === "spans") return spanText(store, region);
  return t("region.area", { n: placeOf(store, region) + 1 });
}

/** Its place among the regions of its question. */
function placeOf(store: AnswerStore, region: Region): number {
  const all = store.regions(region.question).peek();
  return all.findIndex((one) => one.id === region.id);
}

/** A turn, or a message that was written: its place in the conversation, who says it and its first words. */
function turnLine(store: AnswerStore, region: Region): string {
  const { field } = store.question(region.question);
  const turns = turnsIn(store.texts, field);
  const at = region.kind === "spans" ? turnAt(turns, region.start) : turns.length + placeOf(store, region);
  const text = region.kind === "message" ? region.content : (turns[at]?.text ?? "");
  const name = speakerName(store.texts.field(field), roleOf(store, region));
  return t("turn.line", { n: at + 1, name, text: excerpt(text, 0, text.length) });
}

/** Its label as a chip, and its text. */
export function regionName(store: AnswerStore, region: Region): TemplateResult {
  const { label, text, colour } = regionWords(store, region);
  return html`${label ? html`<span class="chip" ${tint(colour)}>${label}</span>` : nothing}
    <span class="span-text">${text}</span>`;
}

/** The same in one line of plain words. */
export function regionLine(store: AnswerStore, region: Region): string {
  const { label, text } = regionWords(store, region);
  return label ? t("words.named", { name: label, text }) : text;
}

/** That a region still wants answers, and to which questions. */
export function wantsAnswer(questions: readonly Question[]): TemplateResult | typeof nothing {
  if (questions.length === 0) return nothing;
  const words = t("region.open.one", { questions: questions.map(titleOf).join(", ") });
  return html`<span class="badge-open" title=${words}>${icon("warn")}<span class="visually-hidden">${words}</span></span>`;
}

/** Selects a marked region, whatever it is marked on. */
export function lookAt(desk: SpanDesk, region: Region): void {
  if (isTurns(region.question) && region.kind === "spans")
    desk.select(desk.store.question(region.question).field, region.end, region.start);
  else if (region.kind === "spans") desk.selectSpan(region);
  else desk.selected.value = region.id;
}
