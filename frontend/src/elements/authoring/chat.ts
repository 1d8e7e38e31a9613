import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { isAbout } from "../../core/conditions";
import {
  addMessage,
  changeMessage,
  count,
  messages,
  moveMessage,
  nextRole,
  removeMessage,
  rolesOf,
  room,
} from "../../core/dialogue-writing";
import { turnsOf } from "../../core/field-text";
import type { MessageRegion } from "../../core/regions";
import { t } from "../../i18n";
import { titleOf } from "../context";
import { turnAnswers } from "../fields/turn-answers";
import { QuestionElement } from "../question";
import { type AskedMessage, type MessageActions, messageRow, roleName } from "./message";
import { composes, grow } from "./text-box";

/** A dialogue that is written: messages by role in turn, changed, put between, moved and removed. */
export class ChatElement extends QuestionElement {
  /** What is being written: a new message, one put before another, or another text for one that is there. */
  #typed = "";
  #role: string | null = null;
  #before: string | null = null;
  #editing: string | null = null;
  #composing = false;

  protected override control(): TemplateResult {
    const { store, readOnly } = this.context;
    const written = messages(store, this.question.key);
    if (readOnly && written.length === 0) return html`<p class="value-none">${t("question.none")}</p>`;
    if (this.#before && !written.some((one) => one.id === this.#before)) this.#before = null;
    return html`
      ${this.#given()}
      ${
        written.length > 0
          ? html`<ol class="thread" aria-labelledby=${this.ids.title}>
            ${repeat(
              written,
              (one) => one.id,
              (one, index) => this.#message(one, index, written.length),
            )}
          </ol>`
          : nothing
      }
      ${readOnly || this.#before || room(store, this.question) <= 0 ? nothing : this.#composer(written)}
      ${readOnly ? nothing : html`<p class="question-help">${this.#count(count(store, this.question))}</p>`}
    `;
  }

  protected override error(): string | null {
    return this.context.store.unreadable.value.has(this.question.key) ? t("chat.unsent") : null;
  }

  override focusControl(): void {
    this.querySelector<HTMLElement>(".composer textarea, .thread li")?.focus({ preventScroll: true });
    this.scrollIntoView({ block: "center" });
  }

  /** What the item itself says stands in its field, unchanged; here is said that this goes on from it. */
  #given(): TemplateResult | typeof nothing {
    const { texts } = this.context.store;
    const field = texts.field(this.question.field);
    const said = field.kind === "chat" || field.kind === "dialogue" ? turnsOf(field, texts.data) : [];
    const last = said.at(-1);
    return last
      ? html`<p class="thread-given">${t("chat.continues", { n: said.length, role: roleName(last.name) })}</p>`
      : nothing;
  }

  #message(message: MessageRegion, index: number, count: number): TemplateResult {
    const { readOnly } = this.context;
    const actions: MessageActions | null = readOnly
      ? null
      : {
          edit: () => this.#edit(message.id),
          save: (content) => this.#save(message, content),
          cancel: () => this.#edit(null),
          insert: () => this.#insert(message.id),
          move: (by) => this.#move(message, by),
          remove: () => this.#remove(message, index),
          role: () => this.#turn(message),
        };
    return html`${this.#before === message.id ? html`<li class="thread-insert">${this.#composer([])}</li>` : nothing}
      ${messageRow({
        message,
        actions,
        editing: this.#editing === message.id,
        at: index + 1,
        of: count,
        roles: rolesOf(this.question),
        last: index === count - 1,
        asked: this.#asked(message),
      })}`;
  }

  /** Questions about messages ask about the one that has the focus. */
  #asked(message: MessageRegion): AskedMessage | null {
    const { store, desk } = this.context;
    if (!store.schema.questions.some((one) => one.per_region && isAbout(one, store, message))) return null;
    return {
      selected: desk.selected.value === message.id,
      answers: turnAnswers(store, this.question.field, [message.id]),
      select: () => {
        desk.selected.value = message.id;
      },
    };
  }

  #composer(written: readonly MessageRegion[]): TemplateResult {
    const roles = rolesOf(this.question);
    const role = this.#role ?? this.#turnAfter(written);
    const name = t("words.named", {
      name: titleOf(this.question),
      text: t("chat.write", { role: roleName(role) }),
    });
    return html`<div class="composer role-${roles.indexOf(role) % 3}">
      <div class="composer-roles" role="radiogroup" aria-label=${t("chat.role")}>
        ${roles.map(
          (one) => html`<label class="composer-role ${one === role ? "is-chosen" : ""}">
            <input type="radio" class="visually-hidden" name=${`${this.ids.help}-role`} .checked=${live(one === role)} @change=${() => this.#setRole(one)} />
            ${roleName(one)}
          </label>`,
        )}
      </div>
      <textarea
        rows="2"
        aria-label=${name}
        aria-describedby="${this.ids.help} ${this.ids.help}-keys"
        placeholder=${t("chat.write", { role: roleName(role) })}
        .value=${live(this.#typed)}
        @compositionstart=${() => {
          this.#composing = true;
        }}
        @compositionend=${(event: Event) => {
          this.#composing = false;
          this.#read(event);
        }}
        @input=${this.#read}
        @keydown=${(event: KeyboardEvent) => this.#key(event, role)}
      ></textarea>
      <div class="composer-foot">
        <span class="muted small" id="${this.ids.help}-keys">${t("chat.keys")}</span>
        ${this.#before ? html`<button type="button" class="button small quiet" @click=${() => this.#insert(null)}>${t("chat.cancel")}</button>` : nothing}
        <button type="button" class="button small" @click=${() => this.#send(role)}>${t("chat.add")}</button>
      </div>
    </div>`;
  }

  #turnAfter(written: readonly MessageRegion[]): string {
    const { texts, store } = { texts: this.context.store.texts, store: this.context.store };
    const all = messages(store, this.question.key);
    const at = this.#before ? all.findIndex((one) => one.id === this.#before) : written.length;
    const before = all[at - 1]?.role;
    if (before !== undefined) return nextRole(this.question, before);
    const field = texts.field(this.question.field);
    const given = field.kind === "chat" ? turnsOf(field, texts.data).at(-1)?.name : undefined;
    return nextRole(this.question, given);
  }

  #count(n: number): string {
    const { min_messages: min, max_messages: max } = this.question;
    if (min && max) return t("chat.count.between", { n, min, max });
    if (min) return t("chat.count.atLeast", { n, min });
    return max ? t("chat.count.atMost", { n, max }) : t("chat.count", { n });
  }

  #setRole(role: string): void {
    this.#role = role;
    this.requestUpdate();
    void this.#focusComposer();
  }

  #read = (event: Event): void => {
    if (this.#composing) return;
    const box = event.target as HTMLTextAreaElement;
    grow(box);
    this.#typed = box.value;
    this.context.store.setUnreadable(this.question.key, box.value.trim() !== "");
  };

  #key(event: KeyboardEvent, role: string): void {
    if (composes(event) || this.#composing) return;
    if (event.key === "Escape" && this.#before) {
      event.preventDefault();
      this.#insert(null);
    }
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#send(role);
  }

  #send(role: string): void {
    const { store, announce } = this.context;
    const all = messages(store, this.question.key);
    const at = this.#before ? all.findIndex((one) => one.id === this.#before) : undefined;
    if (!addMessage(store, this.question.key, role, this.#typed.trim(), at)) return;
    this.#typed = "";
    this.#role = null;
    this.#before = null;
    store.setUnreadable(this.question.key, false);
    announce(t("chat.added", { role: roleName(role), n: all.length + 1 }));
    this.requestUpdate();
    void this.#focusComposer();
  }

  #edit(id: string | null): void {
    const left = this.#editing;
    this.#editing = id;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const row = this.#row(id ?? left ?? "");
      const box = row?.querySelector<HTMLTextAreaElement>("textarea");
      if (box) grow(box);
      (box ?? row)?.focus();
    });
  }

  #save(message: MessageRegion, content: string): void {
    if (changeMessage(this.context.store, this.question.key, message.id, { content: content.trim() }))
      this.context.announce(t("chat.changed"));
    this.#edit(null);
  }

  #insert(before: string | null): void {
    const left = this.#before;
    this.#before = before;
    this.#role = null;
    this.requestUpdate();
    if (before) void this.#focusComposer();
    else void this.updateComplete.then(() => this.#row(left ?? "")?.focus());
  }

  #move(message: MessageRegion, by: 1 | -1): void {
    const { store, announce } = this.context;
    const to = moveMessage(store, this.question.key, message.id, by);
    if (to === null) return;
    announce(t("list.moved", { n: to + 1, of: messages(store, this.question.key).length }));
    void this.updateComplete.then(() => this.#row(message.id)?.focus());
  }

  #remove(message: MessageRegion, index: number): void {
    const { store, announce } = this.context;
    removeMessage(store, this.question.key, message.id);
    announce(t("chat.removed"));
    void this.updateComplete.then(() => {
      const left = messages(store, this.question.key);
      const next = left[Math.min(index, left.length - 1)];
      if (next) this.#row(next.id)?.focus();
      else void this.#focusComposer();
    });
  }

  #turn(message: MessageRegion): void {
    const roles = rolesOf(this.question);
    const role = roles[(roles.indexOf(message.role) + 1) % roles.length] ?? message.role;
    if (changeMessage(this.context.store, this.question.key, message.id, { role }))
      this.context.announce(t("chat.says", { role: roleName(role) }));
  }

  #row(id: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`);
  }

  async #focusComposer(): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLTextAreaElement>(".composer textarea")?.focus();
  }
}
