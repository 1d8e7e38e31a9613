import { signal } from "@preact/signals-core";
import type { SpanRegion } from "../core/regions";
import type { SpanEvent } from "../core/span-desk";
import type { AnswerStore } from "../core/store";
import { t } from "../i18n";
import { labelText, spanText } from "./context";

/** What the page's live region says; the same words twice are still said twice. */
export class Announcer {
  readonly words = signal("");

  say = (words: string): void => {
    if (words) this.words.value = words === this.words.peek() ? `${words}\u00a0` : words;
  };
}

/** A span event in words. */
export function tellSpan(store: AnswerStore, event: SpanEvent): string {
  if (event.kind === "active") {
    const { active } = event;
    const label = active ? labelText(store.question(active.question), active.label) : "";
    return active ? t("spans.event.active", { label }) : t("spans.event.put");
  }
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
