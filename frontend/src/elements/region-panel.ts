import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { marked } from "../core/about";
import { command } from "../core/command-list";
import type { Command } from "../core/commands";
import { isAbout, isShown } from "../core/conditions";
import type { LayoutNode, Question } from "../core/contracts";
import { open } from "../core/open-regions";
import type { Region } from "../core/regions";
import { t } from "../i18n";
import { AssayElement, uniqueId } from "./base";
import { type AnswerContext, titleOf } from "./context";
import { addCommands, commands } from "./keyboard";
import { icon, keys, shortcut } from "./parts";
import { lookAt, regionLine, regionName } from "./region-name";

type Draw = (node: LayoutNode, next: LayoutNode | undefined) => TemplateResult | typeof nothing;

/** What is asked of marked regions, about the one that is selected; without one, how many still want an answer. */
export class RegionPanelElement extends AssayElement {
  static override properties = {
    context: { attribute: false },
    nodes: { attribute: false },
    draw: { attribute: false },
  };

  declare context: AnswerContext;
  declare nodes: readonly LayoutNode[];
  declare draw: Draw;
  readonly #id = uniqueId();
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = addCommands(this.#commands);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override render(): TemplateResult {
    const region = this.#region();
    const shown = region ? this.#asked().filter((one) => isShown(one, this.context.store, region)) : [];
    return html`
      <section class="region-panel ${region ? "is-about" : ""}" aria-labelledby=${this.#id}>
        <p class="visually-hidden" role="status">${this.#told(region, shown)}</p>
        <div class="region-head">
          <h3 id=${this.#id}>${t(region ? "region.about" : this.#ofTurns ? "region.ask.turn" : "region.ask")}</h3>
          ${region ? html`<p class="region-name">${regionName(this.context.store, region)}</p>` : nothing}
        </div>
        ${region ? keyed(region.id, this.#questions(shown)) : this.#idle()} ${this.#footer()}
      </section>
    `;
  }

  /** The selected region, when something is asked of it. */
  #region(): Region | null {
    const { desk, store } = this.context;
    const id = desk.selected.value;
    const region = id === null ? null : store.region(id);
    if (!region || !this.#asked().some((one) => isAbout(one, store, region))) return null;
    store.regions(region.question).value;
    return store.region(region.id);
  }

  #asked(): readonly Question[] {
    return this.context.store.schema.questions.filter((one) => one.per_region);
  }

  #questions(shown: readonly Question[]): TemplateResult {
    if (shown.length === 0) return html`<p class="question-help">${t("region.none")}</p>`;
    return html`<div class="region-questions">${this.nodes.map((node, index) => this.draw(node, this.nodes[index + 1]))}</div>`;
  }

  #idle(): TemplateResult {
    const names = this.#asked().map(titleOf).join(" · ");
    const words = this.#ofTurns
      ? (["region.look.turn", "region.idle.turn"] as const)
      : (["region.look", "region.idle"] as const);
    return html`<p class="question-help">${t(words[this.context.readOnly ? 0 : 1], { questions: names })}</p>`;
  }

  /** Whether turns that nobody marked are all that is asked about. */
  get #ofTurns(): boolean {
    const { store } = this.context;
    const marked = (one: Question): boolean => !store.turnQuestions.some(({ field }) => field === one.field);
    return store.turnQuestions.length > 0 && !this.#asked().some(marked);
  }

  /** How many regions still want an answer, and the way to the next of them. */
  #footer(): TemplateResult | typeof nothing {
    if (this.context.readOnly) return nothing;
    const n = open(this.context.store).size;
    if (n === 0) return nothing;
    const key = commands.keyOf("region.next");
    return html`<div class="region-open">
      <span class="badge-open">${icon("warn")}${t("region.open", { n })}</span>
      <button type="button" class="button small" aria-keyshortcuts=${shortcut(key)} @click=${this.#next}>${t("region.next.short")}${keys(key)}</button>
    </div>`;
  }

  #told(region: Region | null, shown: readonly Question[]): string {
    if (!region || shown.length === 0) return "";
    const questions = shown.map(titleOf).join(", ");
    return t("region.told", { n: shown.length, region: regionLine(this.context.store, region), questions });
  }

  /** Selects the next region after the one at hand that still wants an answer. */
  #next = (): void => {
    const { store, desk } = this.context;
    const wanted = open(store);
    const all = marked(store);
    const at = all.findIndex((one) => one.id === desk.selected.peek());
    const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((one) => wanted.has(one.id));
    if (next) lookAt(desk, next);
  };

  /** Puts the focus into the first question about the region at hand. */
  #answer = (): void => {
    const control = this.querySelector<HTMLElement>(
      ".question input:checked, .question input, .question textarea, .question [tabindex='0'], .question button",
    );
    control?.focus({ preventScroll: true });
    this.scrollIntoView({ block: "nearest" });
  };

  #commands = (): readonly Command[] => {
    const { context } = this;
    if (!context || context.readOnly) return [];
    return [
      command("region.answer", this.#answer, () => this.#region() !== null),
      command("region.next", this.#next, () => open(context.store).size > 0),
    ];
  };
}
