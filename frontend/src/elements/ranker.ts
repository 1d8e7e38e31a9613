import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { fixedCommands } from "../core/command-list";
import type { Question } from "../core/contracts";
import type { Entry } from "../core/field-text";
import {
  type Board,
  board,
  type Lane,
  lanesOf,
  moved,
  place,
  REST,
  type Spot,
  shifted,
  spotOf,
  stepped,
} from "../core/ranking";
import { t } from "../i18n";
import { AssayElement, uniqueId } from "./base";
import { CardDrag } from "./card-drag";
import { capsOf, shortcutOf, tip } from "./command-parts";
import { type AnswerContext, titleOf } from "./context";
import { addCommands, pressing } from "./keyboard";
import { icon, keys } from "./parts";

/** Cards that are put into an order, or sorted into buckets: dragged, or moved by keys, or by the buttons on them. */
export class RankerElement extends AssayElement {
  static override properties = { context: { attribute: false }, question: { attribute: false } };

  declare context: AnswerContext;
  declare question: Question;
  readonly #id = uniqueId();
  /** A card that a key picked up, and where it would be put down. */
  #lifted: { readonly id: string; readonly spot: Spot } | null = null;
  #focus: string | null = null;
  #away: (() => void) | undefined;
  readonly #drag = new CardDrag(
    this,
    () => this.requestUpdate(),
    (id, spot) => this.#put(id, spot, "dropped"),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#away = addCommands(() =>
      this.context?.readOnly ? [] : [pressing("rank.up"), pressing("rank.down"), ...fixedCommands(["card"])],
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#away?.();
    this.#drag.stop();
  }

  protected override render(): TemplateResult {
    const shown = this.#shown();
    return html`
      <div
        class="ranker ${this.question.buckets?.length ? "has-buckets" : ""}"
        role="group"
        aria-label=${t("rank.board", { title: titleOf(this.question) })}
        data-ranker=${this.question.key}
      >
        ${this.context.readOnly ? nothing : html`<p class="question-help" id=${this.#id}>${t("rank.help")}</p>`}
        <div class="rank-lanes">${lanesOf(shown).map((lane) => this.#lane(lane))}</div>
      </div>
    `;
  }

  protected override updated(): void {
    if (this.#focus === null) return;
    this.querySelector<HTMLElement>(`[data-card="${CSS.escape(this.#focus)}"] .card-handle`)?.focus();
    this.#focus = null;
  }

  /** The board with the card in hand where it would be put down. */
  #shown(): Board {
    const now = board(this.context.store, this.question);
    return this.#lifted ? moved(now, this.#lifted.id, this.#lifted.spot) : now;
  }

  #laneName(lane: Pick<Lane, "key" | "title">): string {
    if (lane.key === REST) return t(this.question.buckets?.length ? "rank.rest.bucket" : "rank.rest");
    return lane.title || t("rank.lane");
  }

  #lane(lane: Lane): TemplateResult | typeof nothing {
    const over = this.#drag.over;
    if (lane.key === REST && lane.entries.length === 0 && !this.#drag.id && !this.#lifted) return nothing;
    const at = over?.lane === lane.key ? over.index : -1;
    const still = lane.entries.filter((one) => one.id !== this.#drag.id).length;
    const dropsLast = at >= still;
    return html`
      <section class="rank-lane ${lane.key === REST ? "is-rest" : ""} ${at >= 0 ? "is-over" : ""}" data-lane=${lane.key} aria-label=${this.#laneName(lane)}>
        <p class="rank-name">${this.#laneName(lane)}<span class="muted"> ${lane.entries.length}</span></p>
        <ol class="rank-cards ${dropsLast ? "drops-last" : ""}">
          ${repeat(
            lane.entries,
            (entry) => entry.id,
            (entry, index) => this.#card(lane, entry, index, at),
          )}
        </ol>
        ${lane.entries.length === 0 ? html`<p class="rank-empty">${t("rank.empty")}</p>` : nothing}
      </section>
    `;
  }

  #card(lane: Lane, entry: Entry, index: number, at: number): TemplateResult {
    const { readOnly } = this.context;
    const dragged = this.#drag.id === entry.id;
    const before = lane.entries.slice(0, index).filter((one) => one.id !== this.#drag.id).length;
    const lifted = this.#lifted?.id === entry.id;
    const title = entry.title || entry.id;
    const place = lane.key === REST ? "" : String(index + 1);
    return html`
      <li class="rank-card ${dragged ? "is-dragged" : ""} ${lifted ? "is-lifted" : ""} ${!dragged && at === before ? "drops-before" : ""}" data-card=${entry.id}>
        <div class="card-head">
          ${
            readOnly
              ? html`<p class="card-handle is-still"><span class="card-place" aria-hidden="true">${place}</span><span class="card-title">${title}</span></p>`
              : this.#handle(lane, entry, index, title, lifted)
          }
        </div>
        ${entry.body ? html`<p class="card-body">${entry.body}</p>` : nothing}
      </li>
    `;
  }

  #handle(lane: Lane, entry: Entry, index: number, title: string, lifted: boolean): TemplateResult {
    const rest = lane.key === REST;
    const name = t(rest ? "rank.card.rest" : "rank.card", {
      title,
      lane: this.#laneName(lane),
      place: index + 1,
      count: lane.entries.length,
    });
    const now = board(this.context.store, this.question);
    const step = (by: 1 | -1): TemplateResult => {
      const spot = stepped(now, entry.id, by);
      const id = by < 0 ? "rank.up" : "rank.down";
      const does = t(id, { title });
      return html`<button type="button" class="icon-button" tabindex="-1" data-does=${id} aria-label=${does} title=${tip(does, id)}
        aria-keyshortcuts=${shortcutOf(id)} ?disabled=${spot === null} @click=${() => spot && this.#put(entry.id, spot, "moved")}>${icon(by < 0 ? "above" : "below")}${capsOf(id)}</button>`;
    };
    return html`
      <button
        type="button"
        class="card-handle"
        aria-label=${name}
        aria-describedby=${this.#id}
        aria-keyshortcuts="Space"
        aria-pressed=${lifted ? "true" : "false"}
        @pointerdown=${(event: PointerEvent) => this.#drag.start(event, entry.id)}
        @click=${(event: MouseEvent) => event.detail === 0 && this.#toggle(entry.id)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, entry.id)}
        @blur=${() => this.#left(entry.id)}
      >
        <span class="card-grip" aria-hidden="true">${icon("grip")}</span>
        <span class="card-place" aria-hidden="true">${rest ? "–" : index + 1}</span>
        <span class="card-title">${title}</span>${keys("space")}
      </button>
      ${step(-1)}${step(1)}
    `;
  }

  /** Puts a card down and says where it is now. */
  #put(id: string, spot: Spot, how: "moved" | "dropped"): void {
    this.#lifted = null;
    place(this.context.store, this.question, id, spot);
    this.#tell(id, how);
    this.#focus = id;
    this.requestUpdate();
  }

  #tell(id: string, how: "moved" | "dropped"): void {
    const now = this.#shown();
    const spot = spotOf(now, id);
    const lane = lanesOf(now).find((one) => one.key === spot?.lane);
    const entry = lane?.entries[spot?.index ?? 0];
    if (!lane || !spot || !entry) return;
    const words = {
      title: entry.title || id,
      lane: this.#laneName(lane),
      place: spot.index + 1,
      count: lane.entries.length,
    };
    this.context.announce(t(lane.key === REST ? `rank.${how}.rest` : `rank.${how}`, words));
  }

  #toggle(id: string): void {
    const spot = spotOf(this.#shown(), id);
    if (!spot) return;
    if (this.#lifted?.id === id) this.#put(id, this.#lifted.spot, "dropped");
    else {
      this.#lifted = { id, spot };
      this.context.announce(t("rank.picked", { title: this.#title(id) }));
    }
    this.#focus = id;
    this.requestUpdate();
  }

  #title(id: string): string {
    const all = lanesOf(board(this.context.store, this.question)).flatMap((lane) => lane.entries);
    return all.find((one) => one.id === id)?.title || id;
  }

  /** Whoever leaves a card in hand has put it down. */
  #left(id: string): void {
    const lifted = this.#lifted;
    // A card that moves in the page loses the focus for a moment.
    setTimeout(() => {
      const gone = !this.querySelector(`[data-card="${CSS.escape(id)}"]`)?.contains(document.activeElement);
      if (gone && lifted && this.#lifted?.id === id) {
        place(this.context.store, this.question, id, this.#lifted.spot);
        this.#lifted = null;
        this.requestUpdate();
      }
    });
  }

  #onKey(event: KeyboardEvent, id: string): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.#key(event, id)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #key(event: KeyboardEvent, id: string): boolean {
    const { key } = event;
    if (key === " " || key === "Enter") this.#toggle(id);
    else if (key === "Escape" && this.#lifted) this.#cancel(id);
    else if (/^[1-9]$/.test(key)) this.#numbered(id, Number(key));
    else if (/^Arrow/.test(key)) return this.#arrow(event, id);
    else return false;
    return true;
  }

  #cancel(id: string): void {
    this.#lifted = null;
    this.#focus = id;
    this.context.announce(t("rank.cancelled", { title: this.#title(id) }));
    this.requestUpdate();
  }

  /** A digit is a place in the ranking, or the bucket of that number. */
  #numbered(id: string, digit: number): void {
    const { lanes } = this.#shown();
    const lane = this.question.buckets?.length ? lanes[digit - 1] : lanes[0];
    if (lane)
      this.#put(
        id,
        { lane: lane.key, index: this.question.buckets?.length ? lane.entries.length : digit - 1 },
        "moved",
      );
  }

  /** In hand: moves the card; else the focus goes to the card beside. */
  #arrow(event: KeyboardEvent, id: string): boolean {
    const by = event.key === "ArrowDown" || event.key === "ArrowRight" ? 1 : -1;
    const across = event.key === "ArrowLeft" || event.key === "ArrowRight";
    const now = this.#shown();
    if (!this.#lifted) {
      const order = lanesOf(now).flatMap((lane) => lane.entries);
      const next = across ? undefined : order[order.findIndex((one) => one.id === id) + by];
      if (next) this.querySelector<HTMLElement>(`[data-card="${CSS.escape(next.id)}"] .card-handle`)?.focus();
      return next !== undefined;
    }
    const spot = across ? shifted(now, id, by) : stepped(now, id, by);
    if (!spot) return true;
    this.#lifted = { id, spot };
    this.#focus = id;
    this.#tell(id, "moved");
    this.requestUpdate();
    return true;
  }
}
