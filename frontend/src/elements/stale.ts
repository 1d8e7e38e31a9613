import { html, nothing, type TemplateResult } from "lit";
import type { Autosave, Stored } from "../core/autosave";
import { disputed, meaning, meanings } from "../core/compare";
import type { Question } from "../core/contracts";
import type { AnswerStore } from "../core/store";
import { t, timeOf } from "../i18n";
import { focusIfLost, uniqueId } from "./base";
import { capsOf, shortcutOf } from "./command-parts";
import { DialogElement } from "./dialog";
import { addCommands, pressing } from "./keyboard";
import { summary } from "./summary";

/** Shows both versions of what was also saved elsewhere, in what they differ, and asks which one to keep. */
export abstract class StaleElement<Theirs extends Stored, Content> extends DialogElement {
  readonly #id = uniqueId();
  #away: (() => void) | undefined;

  abstract readonly autosave: Autosave<Theirs, Content>;

  protected abstract get heading(): string;

  /** A row of the table for each part that differs. */
  protected abstract rows(theirs: Theirs): readonly TemplateResult[];

  protected override render(): TemplateResult | typeof nothing {
    const state = this.autosave.state.value;
    if (state.kind !== "stale") return nothing;
    return html`
      <dialog class="assay-dialog is-wide" aria-labelledby=${this.#id} @cancel=${(event: Event) => event.preventDefault()}
        @close=${this.#again}>
        <h2 id=${this.#id}>${this.heading}</h2>
        <p class="secondary">${t("stale.body")}</p>
        ${this.#versions(state.theirs)}
        <div class="actions">
          <button type="button" class="button" data-does="stale.theirs" aria-keyshortcuts=${shortcutOf("stale.theirs")} @click=${() => this.#choose("theirs")}>${t("stale.takeTheirs")}${capsOf("stale.theirs")}</button>
          <button type="button" class="button primary" autofocus data-does="stale.mine" aria-keyshortcuts=${shortcutOf("stale.mine")} @click=${() => this.#choose("mine")}>${t("stale.keepMine")}${capsOf("stale.mine")}</button>
        </div>
      </dialog>
    `;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#away?.();
    this.#away = undefined;
  }

  protected override updated(): void {
    this.#offerKeys(this.autosave.state.peek().kind === "stale");
    this.#again();
  }

  #offerKeys(stale: boolean): void {
    if (stale) this.#away ??= addCommands(() => [pressing("stale.mine"), pressing("stale.theirs")]);
    else {
      this.#away?.();
      this.#away = undefined;
    }
  }

  /** It stays until one is chosen: browsers let a dialog be closed by Esc all the same, when it is pressed often. */
  #again = (): void => {
    if (this.autosave.state.peek().kind === "stale") void this.open();
  };

  #versions(theirs: Theirs): TemplateResult {
    const time = theirs.saved_at ? timeOf(theirs.saved_at) : "";
    const saved = time ? html` <span class="muted small">${t("stale.savedAt", { time })}</span>` : nothing;
    return versionsTable(t("stale.mine"), html`${t("stale.theirs")}${saved}`, this.rows(theirs));
  }

  /** It closes with the conflict, before it goes: so the focus is where it was. */
  #choose(choice: "mine" | "theirs"): void {
    void this.autosave.resolve(choice);
    this.close();
    void focusIfLost(this);
  }
}

/** Both versions under their heads, in what they differ. */
export function versionsTable(
  mine: string,
  theirs: string | TemplateResult,
  rows: readonly TemplateResult[],
): TemplateResult {
  return html`
    <table class="both-versions">
      <thead>
        <tr><td></td><th scope="col">${mine}</th><th scope="col">${theirs}</th></tr>
      </thead>
      <tbody>
        ${rows.length > 0 ? rows : html`<tr><td colspan="3">${t("stale.same")}</td></tr>`}
      </tbody>
    </table>
  `;
}

/** One part in both versions. */
export function versionsRow(name: string, mine: TemplateResult, theirs: TemplateResult): TemplateResult {
  return html`<tr><th scope="row">${name}</th><td>${mine}</td><td>${theirs}</td></tr>`;
}

/** What is only in one of them; of what both have only how much it is. */
function versionCell(store: AnswerStore, question: Question, marked: ReadonlySet<string>): TemplateResult {
  const all = store.regions(question.key).value;
  const own = all.filter((one) => marked.has(meaning(one, (id) => store.region(id))));
  const both = all.length - own.length;
  if (both === 0) return summary(store, question, own, marked);
  return html`${own.length > 0 ? summary(store, question, own, marked) : nothing}
    <p class="muted small">${t("stale.both", { n: both })}</p>`;
}

/** One question's two answers; null when they are the same. */
export function answersRow(
  name: string,
  question: Question,
  mine: AnswerStore,
  theirs: AnswerStore,
): TemplateResult | null {
  const marked = disputed([meanings(mine, question.key), meanings(theirs, question.key)]);
  if (marked.size === 0) return null;
  return versionsRow(name, versionCell(mine, question, marked), versionCell(theirs, question, marked));
}
