import { chosen, setRating, toggleChoice } from "../core/answers";
import { chord } from "../core/keymap";
import { t } from "../i18n";
import { singleKeys } from "../preferences";
import { type AnswerContext, labelText } from "./context";
import { toggleGuideline } from "./guideline";

/** What the page does at the keys that are not labels'. */
export interface PageKeys {
  readonly context: AnswerContext | null;
  /** By chord; these also work while typing. */
  readonly everywhere: Readonly<Record<string, () => void>>;
  /** By chord; these do not. */
  readonly plain?: Readonly<Record<string, () => void>>;
  readonly help: () => void;
}

/** Shows or hides the guideline. */
export const GUIDELINE_KEY = "g";

const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button])";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches(TYPING);
}

function pressLabel(context: AnswerContext, key: string): boolean {
  const found = context.keys.labelOf(key);
  if (!found || context.readOnly) return false;
  const question = context.store.question(found.question);
  if (question.kind === "spans") context.desk.press(found.question, found.label);
  else if (question.kind === "rating") {
    setRating(context.store, found.question, Number(found.label));
    context.announce(t("rating.of", { n: found.label, max: question.max_rating ?? 5 }));
  } else {
    toggleChoice(context.store, found.question, found.label);
    const now = chosen(context.store, found.question).includes(found.label);
    context.announce(
      t(now ? "choice.chosen" : "choice.cleared", { label: labelText(question, found.label) }),
    );
  }
  return true;
}

function history(context: AnswerContext | null, key: string): boolean {
  if (!context || context.readOnly) return false;
  if (key === "ctrl+z") context.store.undo();
  else if (key === "ctrl+shift+z" || key === "ctrl+y") context.store.redo();
  else return false;
  return true;
}

function plainKey(page: PageKeys, key: string): boolean {
  const single = /^(shift\+)?.$/u.test(key);
  if (single && !singleKeys.peek()) return false;
  if (page.context && pressLabel(page.context, key)) return true;
  const action = page.plain?.[key];
  if (action) action();
  else if (key === "?") page.help();
  else if (key === GUIDELINE_KEY) toggleGuideline();
  else return false;
  return true;
}

/** Handles one key press for the whole page. Keys of a composition, and keys while a dialog is open, are not ours. */
export function pageKey(page: PageKeys, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  if (document.querySelector("dialog[open]")) return;
  const key = chord(event);
  const everywhere = page.everywhere[key];
  if (everywhere) everywhere();
  else if (isTyping(event.target)) return;
  else if (!history(page.context, key) && !plainKey(page, key)) return;
  event.preventDefault();
}
