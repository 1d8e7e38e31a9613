import { signal } from "@preact/signals-core";
import { html, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { disputed, meanings } from "../core/compare";
import type { Item, Question, Result, Schema } from "../core/contracts";
import { LabelKeys } from "../core/keymap";
import { columns } from "../core/layout";
import { SpanDesk } from "../core/span-desk";
import { AnswerStore } from "../core/store";
import { t } from "../i18n";
import { keyChoices } from "../preferences";
import { Announcer } from "./announcer";
import { AssayElement, uniqueId } from "./base";
import { type AnswerContext, titleOf } from "./context";
import { embedded } from "./host";
import { areHere, needPacks, packsFor } from "./packs";
import { questionsPane, textPane } from "./panes";
import { summary } from "./summary";
import { lackingNotice } from "./trouble";

/** An item with the answers given to it. */
interface Answers {
  readonly item: Item;
  readonly schema: Schema;
  readonly project: string;
  readonly answers: readonly { readonly name: string; readonly gold: boolean; readonly result: Result }[];
}

interface Side {
  readonly name: string;
  readonly gold: boolean;
  readonly context: AnswerContext;
}

/** What a lead reads: one item as its annotators saw it, one answer at a time, and where the answers differ. */
export class AnswersElement extends AssayElement {
  readonly #id = uniqueId();
  readonly #announcer = new Announcer();
  readonly #at = signal(0);
  #read: Answers | null = null;
  #sides: readonly Side[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#read ??= embedded<Answers>("answers");
    if (!this.#read || this.#sides.length > 0) return;
    void needPacks(packsFor(this.#read.schema));
    this.#sides = this.#open(this.#read);
  }

  #open({ item, schema, project, answers }: Answers): readonly Side[] {
    const keys = new LabelKeys(schema.questions, project, keyChoices);
    // Without answers there is still the item to be seen.
    const shown = answers.length > 0 ? answers : [{ name: "", gold: false, result: [] }];
    return shown.map(({ name, gold, result }) => {
      const store = new AnswerStore(schema, item.data, result, undefined, item);
      const context = {
        store,
        desk: new SpanDesk(store),
        keys,
        readOnly: true,
        language: item.language ?? "",
        announce: this.#announcer.say,
      };
      return { name, gold, context };
    });
  }

  protected override render(): TemplateResult {
    const read = this.#read;
    const side = this.#sides[this.#at.value];
    if (!read || !side) return html``;
    if (!areHere(packsFor(read.schema))) return html`<div role="alert">${lackingNotice()}</div>`;
    const { text, questions } = columns(read.schema);
    return html`
      <p class="visually-hidden" role="status" aria-live="polite">${this.#announcer.words.value}</p>
      ${read.answers.length > 0 ? this.#tabs() : ""}
      ${keyed(
        side,
        html`<div
          class="ws-columns answers-desk"
          id="${this.#id}-panel"
          role=${read.answers.length > 0 ? "tabpanel" : "group"}
          aria-label=${side.name || t("work.text")}
        >
          <section class="ws-text" aria-label=${t("work.text")}>${textPane(side.context, text)}</section>
          <section class="ws-side" aria-label=${t("work.questions")}>
            <div class="ws-questions">${questionsPane(side.context, questions, [])}</div>
          </section>
        </div>`,
      )}
      ${this.#sides.length > 1 ? this.#table(read.schema) : ""}
    `;
  }

  #tabs(): TemplateResult {
    return html`<div class="answers-tabs" role="tablist" aria-label=${t("answers.whose")} @keydown=${this.#onKey}>
      ${this.#sides.map((side, index) => {
        const chosen = index === this.#at.value;
        return html`<button
          type="button"
          role="tab"
          class="answers-tab ${side.gold ? "is-gold" : ""}"
          aria-selected=${chosen ? "true" : "false"}
          aria-controls="${this.#id}-panel"
          tabindex=${chosen ? 0 : -1}
          @click=${() => this.#show(index)}
        >
          ${side.name}
        </button>`;
      })}
    </div>`;
  }

  /** Question by question what each answer says; what not all of them say is marked. */
  #table(schema: Schema): TemplateResult {
    return html`<div class="beside" tabindex="0" role="region" aria-label=${t("answers.beside")}>
      <table class="answers-table">
        <caption>
          ${t("answers.beside")}
        </caption>
        <thead>
          <tr>
            <td></td>
            ${this.#sides.map((side) => html`<th scope="col">${side.name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${schema.questions.map((question) => this.#row(question))}
        </tbody>
      </table>
    </div>`;
  }

  #row(question: Question): TemplateResult {
    const said = this.#sides.map((side) => side.context.store.regions(question.key).value);
    const differing = disputed(this.#sides.map((side) => meanings(side.context.store, question.key)));
    return html`<tr>
      <th scope="row">${titleOf(question)}</th>
      ${this.#sides.map(
        (side, index) =>
          html`<td>${summary(side.context.store, question, said[index] ?? [], differing)}</td>`,
      )}
    </tr>`;
  }

  #show(index: number): void {
    this.#at.value = index;
    this.#announcer.say(t("answers.shown", { name: this.#sides[index]?.name ?? "" }));
  }

  #onKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const count = this.#sides.length;
    this.#show((this.#at.peek() + step + count) % count);
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus(),
    );
  };
}
