import { signal } from "@preact/signals-core";
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
  const label = labelText(store.question(event.span.question), event.span.label);
  const text = spanText(store, event.span);
  const where = event.kind === "selected" ? { place: event.place, count: event.count } : {};
  return t(`spans.event.${event.kind}`, { label, text, ...where });
}
