import { effect } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Dispute } from "../core/contracts";
import { DecisionSession, type DisputeDesk } from "../core/decision";
import { SpanDesk } from "../core/span-desk";
import type { Transport } from "../core/transport";
import { t } from "../i18n";
import { guidelineOpen } from "../preferences";
import { Announcer, tellSpan } from "./announcer";
import { AssayElement } from "./base";
import type { AnswerContext } from "./context";
import type { DialogElement } from "./dialog";
import { guidelineButton, guidelinePanel } from "./guideline";
import { embedded, showAddress, transportOf } from "./host";
import { GUIDELINE_KEY, pageKey } from "./keyboard";
import { columns, textPane } from "./panes";
import { icon, keys } from "./parts";
import { questionControl } from "./registry";
import { sidesPane, takeKey } from "./sides";
import { troubleAlert } from "./trouble";

/** The adjudicator's desk: the answers without names, and a decision with its rationale. */
export class AdjudicationElement extends AssayElement {
  /** May be set before the element is connected; else made from `data-api`. */
  transport: Transport | null = null;
  readonly #announcer = new Announcer();
  #session: DecisionSession | null = null;
  #context: { readonly desk: DisputeDesk; readonly context: AnswerContext } | null = null;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const dispute = embedded<Dispute>("dispute");
    if (dispute && !this.#session) this.#open(dispute);
    document.addEventListener("keydown", this.#onKey);
    window.addEventListener("beforeunload", this.#beforeUnload);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#onKey);
    window.removeEventListener("beforeunload", this.#beforeUnload);
    this.#stop?.();
  }

  #open(dispute: Dispute): void {
    const session = new DecisionSession(
      dispute,
      this.transport ?? transportOf(this),
      (next) => void this.#moved(next),
    );
    this.#session = session;
    this.#stop = effect(() => {
      const desk = session.desk.value;
      const context = desk ? this.#contextOf(desk) : null;
      const event = context?.desk.event.value;
      if (context && event) this.#announcer.say(tellSpan(context.store, event));
    });
  }

  #contextOf(desk: DisputeDesk): AnswerContext {
    if (this.#context?.desk !== desk) {
      const context = {
        store: desk.store,
        desk: new SpanDesk(desk.store),
        keys: desk.keys,
        readOnly: desk.readOnly,
        language: desk.dispute.item.language ?? "",
        announce: this.#announcer.say,
      };
      this.#context = { desk, context };
    }
    return this.#context.context;
  }

  protected override render(): TemplateResult {
    const session = this.#session;
    if (!session) return this.#end(t("trouble.load"), t("trouble.load.action"));
    const desk = session.desk.value;
    return html`
      <p class="visually-hidden" role="status" aria-live="polite">${this.#announcer.words.value}</p>
      ${troubleAlert(session.trouble.value, this.#home, () => session.dismissTrouble())}
      ${desk ? keyed(desk, this.#desk(session, desk)) : this.#end(t("decide.done.title"), t("decide.done.body"))}
    `;
  }

  #desk(session: DecisionSession, desk: DisputeDesk): TemplateResult {
    const context = this.#contextOf(desk);
    const { guideline, item, schema } = desk.dispute;
    const nodes = columns({ ...desk.schema, layout: schema.layout }).text;
    return html`
      <div class="ws is-dispute ${guidelineOpen.value && guideline ? "has-guideline" : ""}">
        ${this.#head(desk)}
        <div class="ws-notices" role="status">${desk.readOnly ? html`<p class="notice">${t("decide.decided")}</p>` : nothing}</div>
        ${sidesPane(desk)}
        <div class="ws-columns">
          ${guidelinePanel(guideline)}
          <section class="ws-text" aria-label=${t("work.text")}>${textPane(context, nodes, item.data)}</section>
          <section class="ws-side" aria-label=${t("decide.own")}>
            <div class="ws-questions">
              <h2 class="own-title">${t("decide.own")}</h2>
              ${questionControl(context, desk.question, false)} ${this.#rationale(desk)} ${this.#clause(desk)}
            </div>
            ${desk.readOnly ? nothing : this.#bar(session, desk)}
          </section>
        </div>
        <assay-help-sheet .questions=${desk.schema.questions} .labelKeys=${desk.keys} .general=${this.#generalKeys(desk)}></assay-help-sheet>
      </div>
    `;
  }

  #head(desk: DisputeDesk): TemplateResult {
    const { store } = desk;
    return html`
      <header class="ws-head">
        <div class="ws-title">
          <h1 tabindex="-1">${desk.question.title || t("decide.title")}</h1>
          <span class="ws-left">${t("decide.question")} · ${desk.dispute.project.name}</span>
        </div>
        <div class="ws-tools">
          <button type="button" class="icon-button" aria-label=${t("work.undo")} title=${t("work.undo")}
            aria-keyshortcuts="Control+Z" ?disabled=${!store.canUndo.value} @click=${() => store.undo()}>${icon("undo")}</button>
          <button type="button" class="icon-button" aria-label=${t("work.redo")} title=${t("work.redo")}
            aria-keyshortcuts="Control+Shift+Z" ?disabled=${!store.canRedo.value} @click=${() => store.redo()}>${icon("redo")}</button>
          ${guidelineButton(desk.dispute.guideline, desk.keys.free(GUIDELINE_KEY))}
          <button type="button" class="button small quiet" aria-haspopup="dialog" aria-keyshortcuts="?" @click=${this.#help}>
            ${icon("keyboard")}<span class="wide-only">${t("work.help")}</span>${keys("?")}
          </button>
        </div>
      </header>
    `;
  }

  #rationale(desk: DisputeDesk): TemplateResult {
    return html`
      <div class="question">
        <div class="question-head">
          <h3><label for="assay-rationale">${t("decide.rationale")}</label></h3>
          ${desk.readOnly ? nothing : html`<span class="must">${t("question.required")}</span>`}
        </div>
        <textarea id="assay-rationale" rows="4" required ?readonly=${desk.readOnly} aria-describedby="assay-rationale-help"
          .value=${desk.rationale.peek()}
          @input=${(event: Event) => {
            desk.rationale.value = (event.target as HTMLTextAreaElement).value;
          }}></textarea>
        <p class="question-help" id="assay-rationale-help">${t("decide.rationale.help")}</p>
      </div>
    `;
  }

  #clause(desk: DisputeDesk): TemplateResult {
    const clauses = desk.dispute.guideline?.clauses ?? [];
    return html`
      <div class="question">
        <div class="question-head"><h3><label for="assay-clause">${t("decide.clause")}</label></h3></div>
        <input id="assay-clause" type="text" autocomplete="off" list="assay-clauses" ?readonly=${desk.readOnly}
          aria-describedby="assay-clause-help" .value=${desk.clause.peek()}
          @input=${(event: Event) => {
            desk.clause.value = (event.target as HTMLInputElement).value;
          }} />
        <datalist id="assay-clauses">${clauses.map((one) => html`<option value=${one.number}>${one.title}</option>`)}</datalist>
        <p class="question-help" id="assay-clause-help">${t("decide.clause.help")}</p>
      </div>
    `;
  }

  #bar(session: DecisionSession, desk: DisputeDesk): TemplateResult {
    const busy = session.activity.value !== "idle";
    const ready = desk.ready.value;
    return html`
      <div class="ws-bar">
        ${ready ? nothing : html`<p class="bar-hint small" id="assay-needs">${t("decide.needs")}</p>`}
        <button type="button" class="button primary grow" aria-keyshortcuts="Control+Enter" aria-describedby="assay-needs"
          aria-disabled=${busy || !ready ? "true" : "false"} @click=${this.#decide}>
          ${busy ? t("decide.submitting") : t("decide.submit")}${keys("ctrl+enter")}
        </button>
      </div>
    `;
  }

  #end(title: string, body: string): TemplateResult {
    return html`
      <div class="ws-empty">
        <h1 tabindex="-1">${title}</h1>
        <p class="secondary">${body}</p>
        <div class="actions"><a class="button primary" href=${this.#home}>${t("decide.done.home")}</a></div>
      </div>
    `;
  }

  get #home(): string {
    return this.dataset.home ?? "/";
  }

  #generalKeys(desk: DisputeDesk): readonly (readonly [string, string])[] {
    const takes = desk.sides.map((side) => [takeKey(side), t("help.take", { name: side.name })] as const);
    return [["ctrl+enter", t("help.decide")], ...takes];
  }

  async #moved(dispute: Dispute | null): Promise<void> {
    if (dispute) showAddress(this.dataset.path ?? "/disputes/{id}/", dispute.dispute);
    this.#announcer.say(dispute ? t("work.moved") : t("decide.done.title"));
    await this.updateComplete;
    window.scrollTo({ top: 0, behavior: "instant" });
    this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  /** What is missing gets the focus: the answer first, then the rationale. */
  #decide = (): void => {
    const desk = this.#session?.desk.peek();
    if (!desk || desk.readOnly) return;
    if (desk.ready.peek()) {
      void this.#session?.decide();
      return;
    }
    this.#announcer.say(t("decide.needs"));
    const answered = desk.question.kind === "spans" || desk.store.missing().length === 0;
    this.querySelector<HTMLElement>(
      answered ? "#assay-rationale" : ".question input, .question textarea",
    )?.focus();
  };

  #help = (): void => {
    void this.querySelector<DialogElement>("assay-help-sheet")?.open();
  };

  #onKey = (event: KeyboardEvent): void => {
    const desk = this.#session?.desk.peek();
    if (!desk) return;
    const plain = desk.readOnly
      ? {}
      : Object.fromEntries(desk.sides.map((side) => [takeKey(side), () => desk.take(side)]));
    const everywhere = { "ctrl+enter": this.#decide };
    pageKey({ context: this.#contextOf(desk), everywhere, plain, help: this.#help }, event);
  };

  /** There is no draft of a decision on the server. */
  #beforeUnload = (event: BeforeUnloadEvent): void => {
    const desk = this.#session?.desk.peek();
    if (desk && !desk.readOnly && (desk.store.canUndo.peek() || desk.rationale.peek().trim() !== ""))
      event.preventDefault();
  };
}
