import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { moment, setMoment } from "../core/answers";
import { type Form, fits, formOf } from "../core/moments";
import { isUnreadable, typedIn } from "../core/unreadable";
import { type Key, t } from "../i18n";
import { capsOf, shortcutOf } from "./command-parts";
import { momentWords } from "./moment-words";
import { QuestionElement } from "./question";

const TYPES: Readonly<Record<Form, string>> = {
  datetime: "datetime-local",
  date: "date",
  time: "time",
  month: "month",
  year: "text",
};

/** Of fields that may be plain texts: not every browser has one for months. */
const EXAMPLES: Readonly<Partial<Record<Form, string>>> = { year: "2026", month: "2026-05" };

/** A day, a time, both, a month or a year, in the browser's own field for it. */
export class DatetimeElement extends QuestionElement {
  protected override control(): TemplateResult {
    const { question, ids, readOnly } = this;
    const { store } = this.context;
    const form = formOf(question.only);
    const given = moment(store, question.key, this.of);
    const unreadable = this.#unreadable;
    const shown = unreadable ? (typedIn(store, question.key, this.of) ?? "") : given;
    return html`
      <div class="moment">
        <input
          type=${TYPES[form]}
          inputmode=${form === "year" ? "numeric" : nothing}
          maxlength=${form === "year" ? 4 : nothing}
          placeholder=${form in EXAMPLES ? t("moment.example", { example: EXAMPLES[form] ?? "" }) : nothing}
          autocomplete="off"
          min=${this.#bound(question.earliest, form)}
          max=${this.#bound(question.latest, form)}
          aria-labelledby=${ids.title}
          aria-describedby="${ids.help} ${ids.help}-limits"
          aria-invalid=${this.missing || unreadable ? "true" : "false"}
          ?required=${question.required}
          ?readonly=${readOnly}
          .value=${live(shown)}
          @input=${this.#read}
          @change=${this.#read}
        />
        ${
          (shown || unreadable) && !readOnly
            ? html`<button type="button" class="link-button small" data-does="answer.clear" aria-keyshortcuts=${shortcutOf("answer.clear")} @click=${this.#clear}>${t("rating.clear")}${capsOf("answer.clear")}</button>`
            : nothing
        }
      </div>
      <p class="question-help" id="${ids.help}-limits" ?hidden=${!this.#limits()}>${this.#limits()}</p>
    `;
  }

  protected override error(): string | null {
    return this.#unreadable ? t(`moment.unreadable.${formOf(this.question.only)}` as Key) : null;
  }

  get #unreadable(): boolean {
    return isUnreadable(this.context.store, this.question.key, this.of);
  }

  /** A day as the bound of a day with a time is its first minute, or its last. */
  #bound(bound: string | undefined, form: Form): string | typeof nothing {
    if (!bound || form === "year") return nothing;
    if (form !== "datetime" || bound.includes("T")) return bound;
    return `${bound}T${bound === this.question.latest ? "23:59" : "00:00"}`;
  }

  #read = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const { store } = this.context;
    const typed = input.value;
    const unusable = input.validity.badInput || (typed !== "" && !fits(this.question, typed));
    // A field that is half filled in says nothing yet: what was there before stays until it does.
    store.setUnreadable(this.question.key, unusable, this.of, typed);
    if (!unusable) setMoment(store, this.question.key, typed, this.of);
    this.requestUpdate();
  };

  #clear = (): void => {
    const { store } = this.context;
    store.setUnreadable(this.question.key, false, this.of);
    setMoment(store, this.question.key, "", this.of);
    const input = this.querySelector("input");
    if (input) input.value = "";
    input?.focus();
    this.requestUpdate();
  };

  #limits(): string {
    const [earliest, latest] = [this.question.earliest, this.question.latest].map((one) =>
      momentWords(one ?? ""),
    );
    if (earliest && latest) return t("moment.between", { earliest, latest });
    if (earliest) return t("moment.from", { earliest });
    return latest ? t("moment.until", { latest }) : "";
  }
}
