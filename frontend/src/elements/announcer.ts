import { signal } from "@preact/signals-core";
import type { Question } from "../core/contracts";
import type { Change } from "../core/history";
import type { LabelKey } from "../core/keymap";
import type { Region, SpanRegion } from "../core/regions";
import type { SpanEvent } from "../core/span-desk";
import type { AnswerStore } from "../core/store";
import { t } from "../i18n";
import { findLabel, labelText, spanText, titleOf } from "./context";
import { drawWords } from "./fields/area-words";
import { choiceName } from "./pair-side";

/** What the page's live region says; the same words twice are still said twice. */
export class Announcer {
  readonly words = signal("");

  say = (words: string): void => {
    if (words) this.words.value = words === this.words.peek() ? `${words}\u00a0` : words;
  };
}

/** Why a label cannot be put on anything more. */
export function fullLine(store: AnswerStore, { question, label }: LabelKey): string {
  const { text, max_usage } = findLabel(store.question(question), label).label;
  return t("spans.event.full", { label: text, n: max_usage ?? 0 });
}

/** A span event in words. */
export function tellSpan(store: AnswerStore, event: SpanEvent): string {
  if (event.kind === "active") {
    const { active } = event;
    const question = active && store.question(active.question);
    const label = question ? labelText(question, active.label) || drawWords(question) : "";
    return active ? t("spans.event.active", { label }) : t("spans.event.put");
  }
  if (event.kind === "full") return fullLine(store, event.label);
  if (!("span" in event)) return t(`spans.event.${event.kind}`, { n: event.n });
  const words = t(`spans.event.${event.kind}`, { ...wordsOf(store, event.span), ...more(event) });
  const next = "next" in event ? event.next : null;
  return next ? `${words} ${t("spans.event.next", wordsOf(store, next))}` : words;
}

function wordsOf(store: AnswerStore, span: SpanRegion): { readonly label: string; readonly text: string } {
  return { label: labelText(store.question(span.question), span.label), text: spanText(store, span) };
}

function more(event: SpanEvent): Readonly<Record<string, number>> {
  switch (event.kind) {
    case "selected":
    case "suggested":
      return { place: event.place, count: event.count };
    case "accepted":
    case "dismissed":
      return { n: event.left };
    case "same":
      return { n: event.n };
    default:
      return {};
  }
}

/** A step that was taken back, or done again, in words: of each question what it changed. */
export function tellStep(store: AnswerStore, { before, after }: Change): string {
  const keys = new Set([...before, ...after].map((one) => one.question));
  const of = (all: readonly Region[], key: string) => all.filter((one) => one.question === key);
  return [...keys]
    .map((key) => tellPart(store, store.question(key), of(before, key), of(after, key)))
    .join(" ");
}

function tellPart(
  store: AnswerStore,
  question: Question,
  gone: readonly Region[],
  come: readonly Region[],
): string {
  const name = titleOf(question);
  const [first] = come.length > 0 ? come : gone;
  const n = new Set([...gone, ...come].map((one) => one.id)).size;
  if (first?.kind === "choice" || first?.kind === "choices") {
    const chosen = come.flatMap((one) => (one.kind === first.kind ? one.choices : []));
    const text = chosen.map((key) => choiceName(store, question, key)).join(t("list.comma"));
    return t("edit.said", { name, text: text || t("question.none") });
  }
  if (n > 1 || first?.kind !== "spans") return t("edit.changed", { name, n });
  const event = come.length === 0 ? "removed" : gone.length === 0 ? "added" : "moved";
  return `${t(`spans.event.${event}`, wordsOf(store, first))}.`;
}
