import { effect } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Command } from "../core/commands";
import type { Dispute, LayoutNode, Way } from "../core/contracts";
import { DecisionSession, type DisputeDesk } from "../core/decision";
import { LabelKeys } from "../core/keymap";
import { columns } from "../core/layout";
import { SpanDesk } from "../core/span-desk";
import type { Transport } from "../core/transport";
import { type Key, t } from "../i18n";
import { guidelineOpen, keyChoices, wordSnap } from "../preferences";
import { Announcer, tellSpan } from "./announcer";
import { AssayElement } from "./base";
import { capsOf, shortcutOf } from "./command-parts";
import type { AnswerContext } from "./context";
import { reasons, wayChoice } from "./decision-form";
import { deskCommands, guidelineCommands, keyDialogs } from "./desk-commands";
import { openDialog } from "./dialog";
import { disputeCommands } from "./dispute-commands";
import { changedNotice, guidelineButton } from "./guideline-state";
import { embedded, showAddress, transportOf } from "./host";
import { keepWhenLeft } from "./keeping";
import { addCommands } from "./keyboard";
import { areHere, loadPacks, needPacks, packsFor } from "./packs";
import { questionsPane, textPane } from "./panes";
import { precedentsPane } from "./precedents";
import { focusQuestion } from "./question-focus";
import { saveState } from "./save-state";
import { troubleAlert } from "./trouble";
import { comingDesk } from "./workspace-bar";
import { historyTools, keyTools } from "./workspace-head";

/** What is missing, by the way that was chosen. */
const NEEDS: Readonly<Record<Way, Key>> = {
  answer: "decide.needs",
  bad_item: "decide.needs.bad_item",
  hold: "decide.needs.hold",
};

/** The question in dispute, after the marks that it is about. */
function asked(desk: DisputeDesk): readonly LayoutNode[] {
  return desk.schema.questions.map(({ key }) => ({ node: "question", key }) as const);
}

/** The adjudicator's desk: the answers without names, and a decision with its rationale. */
export class AdjudicationElement extends AssayElement {
  /** May be set before the element is connected; else made from `data-api`. */
  transport: Transport | null = null;
  readonly #announcer = new Announcer();
  #session: DecisionSession | null = null;
  #context: { readonly desk: DisputeDesk; readonly context: AnswerContext } | null = null;
  #stop: (() => void) | undefined;
  #away: (() => void) | undefined;
  #keeping = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    const dispute = embedded<Dispute>("dispute");
    if (dispute && !this.#session) this.#open(dispute);
    this.#away = addCommands(this.#commands);
    this.#keeping = new AbortController();
    keepWhenLeft(this, () => this.#session?.autosave.peek() ?? null, this.#keeping.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#away?.();
    this.#keeping.abort();
    this.#stop?.();
  }

  #open(dispute: Dispute): void {
    void needPacks(packsFor(dispute.schema));
    void loadPacks(["aside"]);
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
      const language = desk.dispute.item.language ?? "";
      const context = {
        store: desk.store,
        desk: new SpanDesk(desk.store, { wordSnap, language }),
        keys: new LabelKeys(desk.schema.questions, desk.dispute.project.id, keyChoices),
        readOnly: desk.readOnly,
        language,
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
      ${desk ? this.#shown(session, desk) : this.#end(t("decide.done.title"), t("decide.done.body"))}
    `;
  }

  /** What shows the item and the answers has to be here first. */
  #shown(session: DecisionSession, desk: DisputeDesk): TemplateResult {
    const here = areHere(packsFor(desk.dispute.schema));
    return here ? html`${keyed(desk, this.#desk(session, desk))}` : comingDesk();
  }

  #desk(session: DecisionSession, desk: DisputeDesk): TemplateResult {
    const context = this.#contextOf(desk);
    const { guideline, schema } = desk.dispute;
    const nodes = columns({ ...desk.schema, layout: schema.layout }).text;
    return html`
      <div class="ws is-dispute ${guidelineOpen.value && guideline ? "has-guideline" : ""}">
        ${this.#head(session, desk)}
        ${this.#notices(session, desk)} ${changedNotice(guideline, desk.dispute.project.id)} <assay-sides .desk=${desk}></assay-sides>
        <div class="ws-columns">
          ${guideline ? html`<assay-guideline .guideline=${guideline} .project=${desk.dispute.project.id} .announce=${this.#announcer.say}></assay-guideline>` : nothing}
          <section class="ws-text" aria-label=${t("work.text")}>
            ${textPane(context, nodes)} ${precedentsPane(desk, this.#path)}
          </section>
          <section class="ws-side" aria-label=${t("decide.own")}>
            <div class="ws-questions">
              <h2 class="own-title">${t("decide.own")}</h2>
              ${wayChoice(desk)}
              ${desk.way.value === "answer" ? questionsPane(context, asked(desk), []) : nothing} ${reasons(desk)}
            </div>
            ${desk.readOnly ? nothing : this.#bar(session, desk)}
          </section>
        </div>
        ${this.#conflict(session, desk)}
        ${keyDialogs()}
      </div>
    `;
  }

  #conflict(session: DecisionSession, desk: DisputeDesk): TemplateResult | typeof nothing {
    const autosave = session.autosave.value;
    if (autosave?.state.value.kind !== "stale") return nothing;
    return html`<assay-stale-decision .desk=${desk} .autosave=${autosave}></assay-stale-decision>`;
  }

  #head(session: DecisionSession, desk: DisputeDesk): TemplateResult {
    const autosave = session.autosave.value;
    return html`
      <header class="ws-head">
        <div class="ws-title">
          <h1 tabindex="-1">${desk.question.title || t("decide.title")}</h1>
          <span class="ws-left">${t("decide.question")} · ${desk.dispute.project.name}</span>
          ${desk.dispute.place ? html`<span class="ws-left ws-place">${desk.dispute.place}</span>` : nothing}
        </div>
        <div class="ws-tools">
          ${autosave ? saveState(autosave.state.value) : nothing}
          ${historyTools(desk)} ${guidelineButton(desk.dispute.guideline, desk.dispute.project.id)} ${keyTools()}
        </div>
      </header>
    `;
  }

  /** What an adjudicator should know first: an appeal's reasons, the lead's answers, the place in the queue. */
  #notices(session: DecisionSession, desk: DisputeDesk): TemplateResult {
    const { appeal = [], notes = [] } = desk.dispute;
    const decided = session.appealDecided.value;
    return html`
      <div class="ws-notices">
        ${decided ? html`<p class="notice good" role="status">${t("decide.appeal.decided")} <a href=${this.#path.replace("{id}", decided)} target="_blank" rel="noopener">${t("decide.appeal.compare")}</a></p>` : nothing}
        ${desk.readOnly ? html`<p class="notice" role="status">${t("decide.decided")}</p>` : nothing}
        ${
          appeal.length > 0
            ? html`<div class="notice warn appeal">
                <div><p><strong>${t("decide.appeal")}</strong></p>
                ${appeal.map((reason) => html`<blockquote class="verbatim">${reason}</blockquote>`)}
                <p class="small">${t("decide.appeal.blind")}</p></div>
              </div>`
            : nothing
        }
        ${notes.map(
          (one) => html`<div class="notice"><div>
              <p><strong>${t("decide.note")}</strong>${one.clause ? html` <a href="#clause-${one.clause}">${t("decide.note.clause", { clause: one.clause })}</a>` : nothing}</p>
              <p class="verbatim secondary">${one.note}</p>
              <p class="verbatim">${one.answer || t("decide.note.version")}</p>
            </div></div>`,
        )}
      </div>
    `;
  }

  #bar(session: DecisionSession, desk: DisputeDesk): TemplateResult {
    const busy = session.activity.value !== "idle";
    const ready = desk.ready.value;
    const hold = desk.way.value === "hold";
    return html`
      <div class="ws-bar">
        ${ready ? nothing : html`<p class="bar-hint small" id="assay-needs">${t(NEEDS[desk.way.value])}</p>`}
        <button type="button" class="button primary grow" aria-keyshortcuts=${shortcutOf("work.decide")} aria-describedby="assay-needs"
          aria-disabled=${busy || !ready ? "true" : "false"} @click=${this.#decide}>
          ${busy ? t("decide.submitting") : t(hold ? "decide.hold" : "decide.submit")}${capsOf("work.decide")}
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

  get #path(): string {
    return this.dataset.path ?? "/disputes/{id}/";
  }

  get #home(): string {
    return this.dataset.home ?? "/";
  }

  async #moved(dispute: Dispute | null): Promise<void> {
    if (dispute) showAddress(this.#path, dispute.dispute);
    this.#announcer.say(dispute ? t("work.moved") : t("decide.done.title"));
    if (dispute) await needPacks(packsFor(dispute.schema));
    await this.updateComplete;
    window.scrollTo({ top: 0, behavior: "instant" });
    this.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  /** What is missing gets the focus: the answer first, then the rationale. */
  #decide = (): void => {
    const desk = this.#session?.desk.peek();
    if (!desk || desk.readOnly) return;
    if (this.#session?.autosave.peek()?.state.peek().kind === "stale") {
      this.#announcer.say(t("trouble.stale"));
      void openDialog(this, "assay-stale-decision", "deciding");
      return;
    }
    if (desk.ready.peek()) {
      void this.#session?.decide();
      return;
    }
    const way = desk.way.peek();
    this.#announcer.say(t(NEEDS[way]));
    const open = way === "answer" && desk.question.kind !== "spans" ? desk.open() : null;
    if (open) focusQuestion(this, this.#contextOf(desk), open);
    else this.querySelector<HTMLElement>(way === "hold" ? "#assay-unclear" : "#assay-rationale")?.focus();
  };

  /** Read by the table of commands, again when another dispute is on the desk. */
  #commands = (): readonly Command[] => {
    const desk = this.#session?.desk.value;
    if (!desk || !areHere(packsFor(desk.dispute.schema))) return deskCommands(this, null);
    return [
      ...disputeCommands(desk, this.#decide, (way) => this.#turn(desk, way), this.#announcer.say),
      ...guidelineCommands(this, desk.dispute),
      ...deskCommands(this, this.#contextOf(desk)),
    ];
  };

  #turn(desk: DisputeDesk, way: Way): void {
    desk.turn(way);
    this.#announcer.say(t(`decide.way.${desk.way.peek()}`));
  }
}
