import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Begun, NOTHING_BEGUN } from "../../core/begun";
import type { Command } from "../../core/commands";
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
import { composer } from "./composer";
import { type AskedMessage, messageRow, roleName } from "./message";
import { messageEditor } from "./message-editor";
import { MESSAGE_ACTS, type RowAct, rowCommands } from "./row-commands";
import { Fields, grow } from "./text-box";
import { WrittenElement } from "./written";

/** A message that is being changed: what it said before, and what stands in its field. */
interface Edited {
  readonly id: string;
  readonly before: string;
  readonly typed: string;
}

/** A dialogue that is written: messages by role in turn, changed, put between, moved and removed. */
export class ChatElement extends WrittenElement {
  readonly #fields = new Fields();
  #edited: Edited | null = null;

  protected override commands(): readonly Command[] {
    return rowCommands(MESSAGE_ACTS);
  }

  protected override control(): TemplateResult {
    const { store } = this.context;
    const written = messages(store, this.question.key);
    if (this.readOnly && written.length === 0) return html`<p class="value-none">${t("question.none")}</p>`;
    const before = this.#before(written);
    const begun = this.#begun();
    const open = !this.readOnly && before === null && (room(store, this.question) > 0 || begun.text !== "");
    return html`
      ${this.#given()}
      ${
        written.length > 0
          ? html`<ol class="thread" aria-labelledby=${this.ids.title}>
            ${repeat(
              written,
              (one) => one.id,
              (one, index) => this.#message(one, index, written.length, before === one.id),
            )}
          </ol>`
          : nothing
      }
      ${open ? this.#composer(written) : nothing}
      ${this.readOnly ? nothing : html`<p class="question-help">${this.#count(count(store, this.question))}</p>`}
    `;
  }

  /** What is written and not added, and a message without words, hold a submit. */
  protected override updated(): void {
    const held = !this.readOnly && (this.#begun().text.trim() !== "" || this.#isEmptied);
    this.context.store.setUnreadable(this.question.key, held);
  }

  protected override error(): string | null {
    if (!this.missing) return null;
    if (this.#isEmptied) return t("chat.emptied");
    return this.#begun().text.trim() ? t("chat.unsent") : null;
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

  #message(message: MessageRegion, index: number, of: number, composes: boolean): TemplateResult {
    return html`${composes ? html`<li class="thread-insert">${this.#composer([])}</li>` : nothing}
      ${messageRow({
        message,
        actions: this.readOnly ? null : this.#actions(message, index),
        editor: this.#editor(message, index),
        at: index + 1,
        of,
        roles: rolesOf(this.question),
        asked: this.#asked(message),
      })}`;
  }

  #actions(message: MessageRegion, index: number): Readonly<Record<RowAct, () => void>> {
    return {
      edit: () => this.#edit(message),
      insert: () => this.#insert(message.id),
      up: () => this.#move(message, -1),
      down: () => this.#move(message, 1),
      remove: () => this.#remove(message, index),
      role: () => this.#turn(message),
    };
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

  #begun(): Begun {
    return this.context.store.begun.value[this.question.key] ?? NOTHING_BEGUN;
  }

  #begin(part: Partial<Begun>): void {
    this.context.store.begin(this.question.key, { ...this.#begun(), ...part });
  }

  /** The message that the new one is to stand before; it may have been removed. */
  #before(written: readonly MessageRegion[]): string | null {
    const { before } = this.#begun();
    return written.some((one) => one.id === before) ? before : null;
  }

  #composer(written: readonly MessageRegion[]): TemplateResult {
    const begun = this.#begun();
    const role = begun.role ?? this.#turnAfter(written);
    return composer({
      name: titleOf(this.question),
      help: this.ids.help,
      text: begun.text,
      role,
      roles: rolesOf(this.question),
      fields: this.#fields,
      reader: this.#fields.reader((text) => this.#begin({ text })),
      speak: (name) => {
        this.#begin({ role: name });
        void this.#focusComposer();
      },
      add: () => this.#add(role),
      leave: begun.before === null ? null : () => this.#insert(null),
    });
  }

  #turnAfter(written: readonly MessageRegion[]): string {
    const { store } = this.context;
    const all = messages(store, this.question.key);
    const before = this.#before(all);
    const at = before === null ? written.length : all.findIndex((one) => one.id === before);
    const spoke = all[at - 1]?.role;
    if (spoke !== undefined) return nextRole(this.question, spoke);
    const field = store.texts.field(this.question.field);
    const given = field.kind === "chat" ? turnsOf(field, store.texts.data).at(-1)?.name : undefined;
    return nextRole(this.question, given);
  }

  #count(n: number): string {
    const { min_messages: min, max_messages: max } = this.question;
    if (min && max) return t("chat.count.between", { n, min, max });
    if (min) return t("chat.count.atLeast", { n, min });
    return max ? t("chat.count.atMost", { n, max }) : t("chat.count", { n });
  }

  #add(role: string): void {
    const { store, announce } = this.context;
    const all = messages(store, this.question.key);
    const before = this.#before(all);
    const at = before === null ? undefined : all.findIndex((one) => one.id === before);
    if (!addMessage(store, this.question.key, role, this.#begun().text.trim(), at)) return;
    this.#begin(NOTHING_BEGUN);
    announce(t("chat.added", { role: roleName(role), n: (at ?? all.length) + 1 }));
    void this.#focusComposer();
  }

  /** Changed texts are kept while they are typed: undo takes them back, and so does Escape. */
  #editor(message: MessageRegion, index: number): TemplateResult | null {
    const edited = this.#edited;
    if (this.readOnly || edited?.id !== message.id) return null;
    const empty = this.#isEmptied;
    // A step back changes the message, and its field with it.
    const typed = empty || edited.typed.trim() === message.content ? edited.typed : message.content;
    const end = (content?: string) => () => this.#endEdit(content);
    const reader = this.#fields.reader((text) => this.#retype(text));
    const actions = { reader, done: end(), cancel: end(edited.before) };
    const name = t("chat.edit.of", { n: index + 1 });
    return messageEditor({ name, help: this.ids.help, typed, empty }, actions);
  }

  /** Whether the field of the message that is being changed holds no words. */
  get #isEmptied(): boolean {
    const edited = this.#edited;
    if (edited?.typed.trim() !== "") return false;
    return messages(this.context.store, this.question.key).some((one) => one.id === edited.id);
  }

  #edit({ id, content }: MessageRegion): void {
    this.#edited = { id, before: content, typed: content };
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const box = this.#row(id)?.querySelector<HTMLTextAreaElement>("textarea");
      if (box) grow(box);
      box?.focus();
    });
  }

  /** A message without words stays as it was. */
  #retype(typed: string): void {
    const edited = this.#edited;
    if (!edited) return;
    this.#edited = { ...edited, typed };
    this.#change(edited.id, typed.trim() || edited.before);
    this.requestUpdate();
  }

  #endEdit(content?: string): void {
    const edited = this.#edited;
    if (!edited) return;
    this.#edited = null;
    if (content !== undefined) this.#change(edited.id, content);
    const now = messages(this.context.store, this.question.key).find((one) => one.id === edited.id);
    if (now && now.content !== edited.before) this.context.announce(t("chat.changed"));
    this.requestUpdate();
    void this.updateComplete.then(() => this.#row(edited.id)?.focus());
  }

  #change(id: string, content: string): void {
    changeMessage(this.context.store, this.question.key, id, { content }, `message:${id}`);
  }

  #insert(before: string | null): void {
    const left = this.#begun().before;
    this.#begin({ before, role: null });
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
    if (this.#edited?.id === message.id) this.#edited = null;
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
