import { html, type ReactiveControllerHost, type TemplateResult } from "lit";
import { search } from "../core/choosing";
import type { Label, Question } from "../core/contracts";
import { t } from "../i18n";
import type { AnswerContext } from "./context";
import { commands } from "./keyboard";
import { filterId } from "./label-commands";
import { keys, shortcut } from "./parts";
import { typedText } from "./typed-text";

/** What a box over labels needs of the element that it stands in. */
export interface FilterHost extends Pick<ReactiveControllerHost, "requestUpdate"> {
  readonly question: Question;
  readonly context: AnswerContext;
  /** Takes the first label that is found. */
  take(label: Label): void;
  /** Goes on from the box: into the labels, or back to what they are put on. */
  enter(): void;
  /** Esc in an empty box; false where it means nothing. */
  leave(): boolean;
}

/** The box in which the labels of a question are searched: Enter takes the first, Esc empties it, ↓ goes on. */
export class LabelFilter {
  #typed = "";

  constructor(private readonly host: FilterHost) {}

  /** Whether the labels are fewer than all. */
  get narrows(): boolean {
    const typed = this.#typed.trim();
    return typed !== "" && typed.length >= (this.host.question.filter_least ?? 0);
  }

  /** The labels that are found and these, in the config's order: what is chosen stays in sight. */
  with(chosen: readonly string[]): readonly Label[] {
    const shown = new Set([...this.found.map((one) => one.key), ...chosen]);
    return (this.host.question.labels ?? []).filter((one) => shown.has(one.key));
  }

  /** The labels that are found, in the config's order; all of them while nothing is looked for. */
  get found(): readonly Label[] {
    return this.narrows ? search(this.host.question, this.#typed) : (this.host.question.labels ?? []);
  }

  box(count: number): TemplateResult {
    const { question, context } = this.host;
    const words = question.filter_placeholder || t("choice.filter");
    const key = commands.keyOf(filterId(context, question));
    return html`
      <div class="filter-box">
        <input
          class="filter"
          type="search"
          autocomplete="off"
          data-filter=${question.key}
          placeholder=${words}
          aria-label=${words}
          aria-keyshortcuts=${shortcut(key)}
          .value=${typedText(this.#typed)}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
        />
        ${keys(key)}
      </div>
      <p class="visually-hidden" role="status">${this.narrows ? t("choice.filter.count", { n: count }) : ""}</p>
    `;
  }

  #onInput = (event: Event): void => {
    this.#typed = (event.target as HTMLInputElement).value;
    this.host.requestUpdate();
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown") this.host.enter();
    else if (event.key === "Enter") this.#take();
    else if (event.key === "Escape" && this.#typed) this.#typed = "";
    else if (event.key !== "Escape" || !this.host.leave()) return;
    event.preventDefault();
    event.stopPropagation();
    this.host.requestUpdate();
  };

  #take(): void {
    const [first] = this.narrows ? this.found : [];
    if (!first) return;
    this.#typed = "";
    this.host.take(first);
  }
}
