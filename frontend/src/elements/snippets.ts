import { html, nothing, type TemplateResult } from "lit";
import type { Command } from "../core/commands";
import type { Question } from "../core/contracts";
import { isSingle, normaliseHotkey } from "../core/keymap";
import { t } from "../i18n";
import { type AnswerContext, titleOf } from "./context";
import { commands } from "./keyboard";
import { keys, shortcut } from "./parts";

function idOf(context: AnswerContext, question: Question, index: number): string {
  return `snippet/${context.keys.project}/${question.key}/${index}`;
}

/** The texts that a question offers to put in, each with its key. */
export function snippetButtons(
  context: AnswerContext,
  question: Question,
  insert: (text: string) => void,
): TemplateResult | typeof nothing {
  if (!question.snippets?.length) return nothing;
  return html`<div class="snippets" role="group" aria-label=${t("text.snippets")}>
    ${question.snippets.map((snippet, index) => {
      const key = commands.keyOf(idOf(context, question, index));
      return html`<button
        type="button"
        class="button small"
        title=${snippet.text}
        aria-keyshortcuts=${shortcut(key)}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => insert(snippet.text)}
      >${snippet.title || snippet.text}${keys(key)}</button>`;
    })}
  </div>`;
}

/** Their commands. */
export function snippetCommands(
  context: AnswerContext,
  question: Question,
  possible: () => boolean,
  insert: (text: string) => void,
): readonly Command[] {
  return (question.snippets ?? []).map((snippet, index) => {
    const key = normaliseHotkey(snippet.hotkey);
    return {
      id: idOf(context, question, index),
      words: { text: snippet.title || snippet.text },
      group: { text: titleOf(question) },
      keys: key ? [key] : [],
      first: true,
      // A key that types a sign types it while one writes.
      whileTyping: key !== null && !isSingle(key),
      possible,
      run: () => insert(snippet.text),
    };
  });
}
