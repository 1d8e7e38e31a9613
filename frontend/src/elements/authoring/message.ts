import { html, nothing, type TemplateResult } from "lit";
import type { MessageRegion } from "../../core/regions";
import { type Key, t } from "../../i18n";
import { keys } from "../parts";
import { iconButton } from "./icon-button";
import { composes, grow } from "./text-box";

/** What can be done with a message. */
export interface MessageActions {
  edit(): void;
  save(content: string): void;
  cancel(): void;
  insert(): void;
  move(by: 1 | -1): void;
  remove(): void;
  /** Says it by the next role. */
  role(): void;
}

/** What is asked about messages: this one is looked at while it has the focus. */
export interface AskedMessage {
  readonly selected: boolean;
  readonly answers: TemplateResult | typeof nothing;
  select(): void;
}

export interface MessageRow {
  readonly message: MessageRegion;
  readonly actions: MessageActions | null;
  readonly editing: boolean;
  readonly at: number;
  readonly of: number;
  readonly roles: readonly string[];
  readonly last: boolean;
  readonly asked: AskedMessage | null;
}

const KNOWN: ReadonlySet<string> = new Set(["user", "assistant", "system", "tool"]);

/** A role in words; a project's own roles stand as the project has written them. */
export function roleName(role: string): string {
  return KNOWN.has(role) ? t(`chat.role.${role}` as Key) : role;
}

/** Keys of a message that has the focus. */
function press(row: MessageRow, event: KeyboardEvent): void {
  const { actions } = row;
  if (!actions || event.target !== event.currentTarget || composes(event)) return;
  const alone = !event.altKey && !event.ctrlKey && !event.metaKey;
  if (event.altKey && event.key === "ArrowUp") actions.move(-1);
  else if (event.altKey && event.key === "ArrowDown") actions.move(1);
  else if (alone && event.key === "Enter") actions.edit();
  else if (alone && event.key === "Insert") actions.insert();
  else if (alone && (event.key === "Delete" || event.key === "Backspace")) actions.remove();
  else if (alone && (event.key === "ArrowUp" || event.key === "ArrowDown")) step(event);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function step(event: KeyboardEvent): void {
  const here = event.currentTarget as HTMLElement;
  const rows = [...(here.parentElement?.querySelectorAll<HTMLElement>("[data-message]") ?? [])];
  rows[rows.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
}

function editor(row: MessageRow, actions: MessageActions): TemplateResult {
  const name = t("chat.edit.of", { n: row.at });
  const key = (event: KeyboardEvent): void => {
    if (composes(event)) return;
    if (event.key === "Escape") actions.cancel();
    else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey)
      actions.save((event.target as HTMLTextAreaElement).value);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const save = (event: Event): void => {
    const box = (event.target as HTMLElement).closest("li")?.querySelector("textarea");
    if (box) actions.save(box.value);
  };
  return html`<textarea rows="2" aria-label=${name} .value=${row.message.content} @keydown=${key} @input=${(event: Event) => grow(event.target as HTMLTextAreaElement)}></textarea>
    <div class="composer-foot">
      <span class="muted small">${t("chat.edit.keys")}</span>
      <button type="button" class="button small quiet" @click=${actions.cancel}>${t("chat.cancel")}</button>
      <button type="button" class="button small" @click=${save}>${t("chat.save")}</button>
    </div>`;
}

function tools(row: MessageRow, actions: MessageActions): TemplateResult {
  const n = row.at;
  return html`<div class="message-tools">
    ${iconButton("edit", t("chat.edit.of", { n }), actions.edit)}
    ${iconButton("plus", t("chat.insert.of", { n }), actions.insert)}
    ${iconButton("up", t("list.up", { n }), () => actions.move(-1), n === 1)}
    ${iconButton("down", t("list.down", { n }), () => actions.move(1), row.last)}
    ${iconButton("close", t("chat.remove.of", { n }), actions.remove)}
  </div>`;
}

/** One message: who says it, what, and what can be done with it. */
export function messageRow(row: MessageRow): TemplateResult {
  const { message, actions, roles, asked } = row;
  const role = roleName(message.role);
  const side = Math.max(0, roles.indexOf(message.role)) % 3;
  return html`<li class="message role-${side} ${asked?.selected ? "is-selected" : ""}" data-message=${message.id} tabindex=${actions || asked ? 0 : nothing}
    aria-current=${asked ? String(asked.selected) : nothing} @focusin=${() => asked?.select()} aria-label=${t("chat.message", { n: row.at, of: row.of, role })} @keydown=${(event: KeyboardEvent) => press(row, event)}>
    <div class="message-head">
      ${
        actions && roles.length > 1
          ? html`<button type="button" class="message-role" title=${t("chat.turn")} aria-label=${`${role}. ${t("chat.turn")}`} @click=${actions.role}>${role}</button>`
          : html`<span class="message-role">${role}</span>`
      }
      ${actions && !row.editing ? tools(row, actions) : nothing}
    </div>
    ${row.editing && actions ? editor(row, actions) : html`<p class="message-text">${message.content}</p>`}
    ${asked?.answers ?? nothing}
    ${actions && !row.editing ? html`<p class="message-keys" aria-hidden="true">${keys("enter")} ${t("chat.key.edit")} ${keys("insert")} ${t("chat.key.insert")} ${keys("alt+arrowup")} ${keys("alt+arrowdown")} ${t("chat.key.move")} ${keys("delete")} ${t("chat.key.remove")}</p>` : nothing}
  </li>`;
}
