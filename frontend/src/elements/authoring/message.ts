import { html, nothing, type TemplateResult } from "lit";
import type { MessageRegion } from "../../core/regions";
import { KNOWN_ROLES } from "../../core/roles";
import { type Key, t } from "../../i18n";
import { capsOf, shortcutOf, tip } from "../command-parts";
import { type IconSign, iconButton } from "./icon-button";
import { MESSAGE_ACTS, type RowAct, type RowEvent, rowCommand } from "./row-commands";
import { composes } from "./text-box";

/** What is asked about messages: this one is looked at while it has the focus. */
export interface AskedMessage {
  readonly selected: boolean;
  readonly answers: TemplateResult | typeof nothing;
  select(): void;
}

export interface MessageRow {
  readonly message: MessageRegion;
  readonly actions: Readonly<Record<RowAct, () => void>> | null;
  /** The field that stands in the place of its text while it is changed. */
  readonly editor: TemplateResult | null;
  readonly at: number;
  readonly of: number;
  readonly roles: readonly string[];
  readonly asked: AskedMessage | null;
}

/** A role in words; a project's own roles stand as the project has written them. */
export function roleName(role: string): string {
  return KNOWN_ROLES.has(role) ? t(`chat.role.${role}` as Key) : role;
}

/** What can be done with it now, as its commands ask. */
function acts(row: MessageRow): readonly RowAct[] {
  const can: Readonly<Record<RowAct, boolean>> = {
    edit: row.editor === null,
    insert: true,
    role: row.roles.length > 1,
    up: row.at > 1,
    down: row.at < row.of,
    remove: true,
  };
  return MESSAGE_ACTS.filter((act) => can[act]);
}

/** Keys of a message that has the focus itself: the arrows go on to the next one, Enter edits it. */
function press(row: MessageRow, event: KeyboardEvent): void {
  const { actions } = row;
  if (!actions || event.target !== event.currentTarget || composes(event)) return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === "Enter") actions.edit();
  else if (event.key === "ArrowUp" || event.key === "ArrowDown") step(event);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function step(event: KeyboardEvent): void {
  const here = event.currentTarget as HTMLElement;
  const rows = [...(here.parentElement?.querySelectorAll<HTMLElement>("[data-message]") ?? [])];
  rows[rows.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
}

function tools({ at: n, of, actions }: MessageRow): TemplateResult | typeof nothing {
  if (!actions) return nothing;
  const button = (sign: IconSign, act: RowAct, name: string, disabled = false): TemplateResult =>
    iconButton({ sign, name, command: rowCommand(act), run: actions[act], disabled });
  return html`<div class="message-tools">
    ${button("edit", "edit", t("chat.edit.of", { n }))}
    ${button("plus", "insert", t("chat.insert.of", { n }))}
    ${button("up", "up", t("list.up", { n }), n === 1)}
    ${button("down", "down", t("list.down", { n }), n === of)}
    ${button("close", "remove", t("chat.remove.of", { n }))}
  </div>`;
}

/** Who says it; a press gives it to the next role. */
function speaker({ actions, roles }: MessageRow, role: string): TemplateResult {
  if (!actions || roles.length < 2) return html`<span class="message-role">${role}</span>`;
  const words = t("chat.turn");
  return html`<button type="button" class="message-role" title=${tip(words, rowCommand("role"))} aria-label=${`${role}. ${words}`}
    aria-keyshortcuts=${shortcutOf(rowCommand("role"))} @click=${actions.role}>${role}</button>`;
}

/** The keys, in sight while the message has the focus. */
function keyLine(): TemplateResult {
  return html`<p class="message-keys" aria-hidden="true">${capsOf(rowCommand("edit"))} ${t("chat.key.edit")} ${capsOf(rowCommand("insert"))} ${t("chat.key.insert")}
    ${capsOf(rowCommand("up"))} ${capsOf(rowCommand("down"))} ${t("chat.key.move")} ${capsOf(rowCommand("role"))} ${t("chat.key.role")} ${capsOf(rowCommand("remove"))} ${t("chat.key.remove")}</p>`;
}

/** One message: who says it, what, and what can be done with it. */
export function messageRow(row: MessageRow): TemplateResult {
  const { message, actions, editor, roles, asked } = row;
  const role = roleName(message.role);
  const side = Math.max(0, roles.indexOf(message.role)) % 3;
  return html`<li class="message role-${side} ${asked?.selected ? "is-selected" : ""}" data-message=${message.id} tabindex=${actions || asked ? 0 : nothing}
    data-acts=${actions ? acts(row).join(" ") : nothing} aria-current=${asked ? String(asked.selected) : nothing} aria-label=${t("chat.message", { n: row.at, of: row.of, role })}
    @focusin=${() => asked?.select()} @row-act=${(event: RowEvent) => actions?.[event.detail]()} @keydown=${(event: KeyboardEvent) => press(row, event)}>
    <div class="message-head">
      ${speaker(row, role)}
      ${actions && !editor ? tools(row) : nothing}
    </div>
    ${editor ?? html`<p class="message-text">${message.content}</p>`}
    ${asked?.answers ?? nothing}
    ${actions && !editor ? keyLine() : nothing}
  </li>`;
}
