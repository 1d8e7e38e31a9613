import { effect } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { command } from "../core/command-list";
import type { Command } from "../core/commands";
import type { RelationRegion } from "../core/regions";
import {
  DIRECTIONS,
  type Direction,
  type Relating,
  relatingOf,
  relations,
  removeRelation,
  turn,
} from "../core/relating";
import { t } from "../i18n";
import { capsOf, shortcutOf } from "./command-parts";
import { labelText } from "./context";
import { addCommands, commands, pressing } from "./keyboard";
import { icon, keys, shortcut } from "./parts";
import { QuestionElement } from "./question";
import { lookAt, regionLine, regionName } from "./region-name";
import { ARROWS, relationEnds, tellRelation, toggleRelationLabel } from "./relation-words";

const FIRST = 50;

/** Where a press selects a marked region. */
function onMarks(event: Event): boolean {
  return event.target instanceof Element && event.target.closest(".ws-text, .span-list") !== null;
}

/** Relations between marked regions: begun at one, ended at another, then labelled and turned in the list. */
export class RelationsElement extends QuestionElement {
  #shown = FIRST;
  #stops: (() => void)[] = [];
  /** The last thing that was used: a pointer that selects a region while a relation is drawn ends it there. */
  #pointing = false;

  override connectedCallback(): void {
    super.connectedCallback();
    const events = new AbortController();
    const { signal } = events;
    document.addEventListener("keydown", this.#onKey, { signal, capture: true });
    document.addEventListener("pointerdown", (event) => this.#point(onMarks(event)), {
      signal,
      capture: true,
    });
    this.#stops = [addCommands(this.#commands), () => events.abort()];
    if (this.context) this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops.splice(0)) stop();
    this.#relating.cancel();
  }

  protected override firstUpdated(): void {
    if (this.#stops.length === 2) this.#watch();
  }

  get #relating(): Relating {
    return relatingOf(this.context.store);
  }

  #point(pointing: boolean): void {
    this.#pointing = pointing;
  }

  #watch(): void {
    const { desk } = this.context;
    this.#stops.push(
      effect(() => {
        const id = desk.selected.value;
        if (id !== null && this.#pointing && this.#drawing() && id !== this.#relating.source.peek()?.from)
          this.#finish();
      }),
    );
  }

  #drawing(): boolean {
    return this.#relating.source.peek()?.question === this.question.key;
  }

  protected override control(): TemplateResult {
    const { question, context, ids, readOnly } = this;
    const all = relations(context.store, question.key);
    return html`
      ${readOnly ? nothing : this.#begin()}
      ${
        all.length === 0
          ? html`<p class="question-help">${t("relation.empty")}</p>`
          : html`<ol class="relation-list" aria-labelledby=${ids.title}>
              ${repeat(
                all.slice(0, this.#shown),
                (one) => one.id,
                (one, index) => this.#row(one, index, all.length),
              )}
            </ol>`
      }
      ${
        all.length > this.#shown
          ? html`<button type="button" class="link-button small" data-does="relation.more" aria-keyshortcuts=${shortcutOf("relation.more")} @click=${this.#more}>${t("relation.more", { n: Math.min(FIRST, all.length - this.#shown) })}${capsOf("relation.more")}</button>`
          : nothing
      }
      ${
        all.length > 0
          ? html`<label class="check"><input type="checkbox" aria-keyshortcuts=${shortcutOf("relation.lines")} .checked=${live(this.#relating.drawn.value)} @change=${this.#draw} /><span>${t("relation.lines")}</span>${capsOf("relation.lines")}</label>`
          : nothing
      }
    `;
  }

  #begin(): TemplateResult {
    const { store, desk } = this.context;
    const source = this.#relating.source.value;
    const from = source?.question === this.question.key ? store.region(source.from) : null;
    if (from)
      return html`<div class="relating">
        <p>${t("relation.source")} ${regionName(store, from)}</p>
        <p class="question-help">${t("relation.pick")}</p>
        <button type="button" class="button small" aria-keyshortcuts="Escape" data-first @click=${this.#cancel}>${t("dialog.cancel")}${keys("escape")}</button>
      </div>`;
    const key = commands.keyOf("relation.start");
    // Without a region it says what it wants: it can be come to, so that the question is never passed by.
    return html`<div class="relating-idle">
      <button type="button" class="button small" data-first aria-keyshortcuts=${shortcut(key)} aria-disabled=${desk.selected.value === null ? "true" : "false"}
        @pointerdown=${(event: Event) => event.preventDefault()} @click=${this.#start}>${t("relation.start.short")}${keys(key)}</button>
      ${desk.selected.value === null ? html`<p class="question-help">${t("relation.how")}</p>` : nothing}
    </div>`;
  }

  #row(relation: RelationRegion, index: number, count: number): TemplateResult {
    const { store } = this.context;
    const selected = this.#relating.selected.value?.id === relation.id;
    const ends = relationEnds(store, relation);
    const end = (id: string): TemplateResult => {
      const region = store.region(id);
      return region ? regionName(store, region) : html`<span class="muted">${t("relation.gone")}</span>`;
    };
    return html`
      <li class="relation-row ${selected ? "is-selected" : ""}">
        <button type="button" class="relation-go" aria-current=${selected ? "true" : "false"}
          @click=${() => this.#select(relation, index, count)}>
          <span class="relation-end">${end(relation.from)}</span>
          <span class="relation-arrow"><span aria-hidden="true">${ARROWS[relation.direction]}</span><span class="visually-hidden">${t(`relation.${relation.direction}`)}</span>
            ${relation.labels.map((key) => html`<span class="relation-label">${labelText(this.question, key)}</span>`)}</span>
          <span class="relation-end">${end(relation.to)}</span>
        </button>
        ${selected && !this.readOnly ? this.#edit(relation, ends) : nothing}
      </li>
    `;
  }

  #edit(relation: RelationRegion, ends: { readonly from: string; readonly to: string }): TemplateResult {
    const { question } = this;
    const turnKey = commands.keyOf("relation.turn");
    return html`<div class="relation-edit">
      <div class="segments" role="radiogroup" aria-label=${t("relation.direction")} aria-keyshortcuts=${shortcut(turnKey)}>
        ${DIRECTIONS.map(
          (
            direction,
          ) => html`<label class="segment ${relation.direction === direction ? "is-chosen" : ""}" title=${t(`relation.${direction}`)}>
            <input class="visually-hidden" type="radio" name="${this.ids.title}-${relation.id}" aria-label=${t(`relation.${direction}`)}
              .checked=${live(relation.direction === direction)} @change=${() => this.#turn(relation, direction)} />
            <span aria-hidden="true">${ARROWS[direction]}</span>
          </label>`,
        )}${keys(turnKey)}
      </div>
      ${
        question.labels?.length
          ? html`<div class="relation-labels" role="group" aria-label=${t("relation.labels")}>
              ${question.labels.map((label) => {
                const key = this.context.keys.keyOf(question.key, label.key);
                return html`<button type="button" class="button small" aria-pressed=${relation.labels.includes(label.key) ? "true" : "false"}
                  aria-keyshortcuts=${shortcut(key)} title=${label.hint || nothing}
                  @click=${() => toggleRelationLabel(this.context, question, label.key)}>${relation.labels.includes(label.key) ? icon("check") : nothing}${label.text}${keys(key)}</button>`;
              })}
            </div>`
          : nothing
      }
      <button type="button" class="link-button small" data-does="relation.remove" aria-keyshortcuts=${shortcutOf("relation.remove")}
        @click=${() => this.#remove(relation)} aria-label=${t("relation.remove", ends)}>${t("relation.remove.short")}${capsOf("relation.remove")}</button>
    </div>`;
  }

  /** Shows a relation: its ends in the text, and what can be changed. */
  #select(relation: RelationRegion, index: number, count: number): void {
    const { store, desk, announce } = this.context;
    this.#relating.select(this.#relating.selected.peek()?.id === relation.id ? null : relation.id);
    const from = store.region(relation.from);
    if (from && this.#relating.selected.peek()) lookAt(desk, from);
    announce(t("relation.selected", { ...relationEnds(store, relation), place: index + 1, count }));
  }

  #turn(relation: RelationRegion, direction: Direction): void {
    const { store, announce } = this.context;
    const done = turn(store, relation, direction);
    announce(t(done ? `relation.${direction}` : "relation.clash"));
    this.requestUpdate();
  }

  #remove(relation: RelationRegion): void {
    const { store, announce } = this.context;
    const ends = relationEnds(store, relation);
    removeRelation(store, relation);
    announce(t("relation.removed", ends));
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>(".relation-go, [data-first]")?.focus(),
    );
  }

  #more = (): void => {
    this.#shown += FIRST;
    this.requestUpdate();
  };

  #draw = (event: Event): void => {
    this.#relating.drawn.value = (event.target as HTMLInputElement).checked;
  };

  #start = (): void => {
    const { desk, store, announce } = this.context;
    const id = desk.selected.peek();
    const region = id === null ? null : store.region(id);
    if (!region) announce(t("relation.select"));
    else if (!this.#relating.start(this.question, region.id)) announce(t("relation.refused"));
    else announce(t("relation.from", { text: regionLine(store, region) }));
    this.#keepFocus();
  };

  #cancel = (): void => {
    if (this.#relating.cancel()) this.context.announce(t("relation.cancelled"));
    this.#keepFocus();
  };

  /** The button that begins a relation gives way to the one that cancels it, and back: the focus goes along. */
  #keepFocus(): void {
    const held = this.querySelector("[data-first]")?.contains(document.activeElement);
    if (held) void this.updateComplete.then(() => this.querySelector<HTMLElement>("[data-first]")?.focus());
  }

  #finish(labels: readonly string[] = []): void {
    const to = this.context.desk.selected.peek();
    if (to !== null) tellRelation(this.context, this.#relating.finish(to, labels));
  }

  /** While a relation is drawn, Enter ends it at the selected region and Esc gives it up, wherever the focus is. */
  #onKey = (event: KeyboardEvent): void => {
    this.#point(false);
    if (!this.context || !this.#drawing() || event.isComposing || document.querySelector("dialog[open]"))
      return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest("button, input, textarea, a, select")) return;
    const to = this.context.desk.selected.peek();
    if (event.key === "Escape") this.#cancel();
    else if (event.key === "Enter" && to !== null && to !== this.#relating.source.peek()?.from)
      this.#finish();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #commands = (): readonly Command[] => {
    const { context } = this;
    if (!context) return [];
    const relating = this.#relating;
    const lines = command("relation.lines", () => {
      relating.drawn.value = !relating.drawn.peek();
      context.announce(t(relating.drawn.peek() ? "relation.lines.on" : "relation.lines.off"));
    });
    const more = pressing("relation.more");
    if (this.readOnly) return [lines, more];
    return [
      lines,
      more,
      pressing("relation.remove"),
      command("relation.start", this.#start, () => context.desk.selected.peek() !== null),
      command(
        "relation.turn",
        () => {
          const now = relating.selected.peek();
          const next = DIRECTIONS[(DIRECTIONS.indexOf(now?.direction ?? "bi") + 1) % DIRECTIONS.length];
          if (now && next) this.#turn(now, next);
        },
        () => relating.selected.peek() !== null,
      ),
    ];
  };
}
