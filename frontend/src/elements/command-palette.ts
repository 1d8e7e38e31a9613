import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { Command } from "../core/commands";
import { type Found, fuzzy, type Piece } from "../core/fuzzy";
import { learn, message, t } from "../i18n";
import { uniqueId } from "./base";
import { DialogElement } from "./dialog";
import { commands, wordsOf } from "./keyboard";
import { keys, shortcut } from "./parts";

interface Row {
  readonly command: Command;
  readonly name: string;
  readonly pieces: readonly Piece[];
}

const MOST = 100;

/** Also by the English name, for those who know the command by that. */
function find(query: string, command: Command): (Found & { readonly name: string }) | null {
  const name = wordsOf(command.words);
  const own = fuzzy(query, name);
  if (own) return { ...own, name };
  const group = fuzzy(query, `${wordsOf(command.group)} ${name}`);
  if (group) return { score: group.score - 50, pieces: [], name };
  if (!("key" in command.words)) return null;
  const english = fuzzy(query, message("en", command.words.key, command.words.params));
  return english ? { score: english.score - 10, pieces: [], name } : null;
}

function rows(query: string): readonly Row[] {
  const open = commands.all.value.filter((one) => !one.fixed && one.possible?.() !== false);
  const found = open.flatMap((command) => {
    const hit = find(query, command);
    return hit && command.id !== "look.palette" ? [{ command, ...hit }] : [];
  });
  // With no words asked for, the order of the table: what the desk does first, its labels after.
  const rank = (command: Command): number => (command.first ? 1 : 0);
  found.sort((a, b) => (query.trim() ? b.score - a.score : rank(a.command) - rank(b.command)));
  return found.slice(0, MOST);
}

function marked(name: string, pieces: readonly Piece[]): TemplateResult {
  const parts: (string | TemplateResult)[] = [];
  let at = 0;
  for (const [start, end] of pieces) {
    if (start < at || end > name.length) continue;
    parts.push(name.slice(at, start), html`<b>${name.slice(start, end)}</b>`);
    at = end;
  }
  return html`${parts}${name.slice(at)}`;
}

/** Every command that is possible now, found by a few letters of its name. */
export class CommandPaletteElement extends DialogElement {
  readonly #id = uniqueId();
  readonly #query = signal("");
  readonly #at = signal(0);

  override async open(): Promise<void> {
    this.#query.value = "";
    this.#at.value = 0;
    void learn("en").then(() => this.requestUpdate());
    await super.open();
    const input = this.querySelector("input");
    if (input) input.value = "";
    input?.focus();
  }

  protected override render(): TemplateResult {
    const found = this.isOpen.value ? rows(this.#query.value) : [];
    const at = Math.min(this.#at.value, Math.max(0, found.length - 1));
    return html`
      <dialog class="assay-dialog palette" aria-label=${t("palette.open")} @click=${this.#outside}>
        <input
          type="text" role="combobox" class="palette-input" autocomplete="off" autocapitalize="off" spellcheck="false"
          aria-label=${t("palette.label")} placeholder=${t("palette.placeholder")}
          aria-expanded="true" aria-autocomplete="list" aria-haspopup="listbox" aria-controls="${this.#id}-list"
          aria-activedescendant=${found.length > 0 ? `${this.#id}-${at}` : nothing}
          @input=${this.#input} @keydown=${(event: KeyboardEvent) => this.#key(event, found, at)}
        />
        <p class="visually-hidden" role="status">${this.isOpen.value ? (found.length > 0 ? t("palette.count", { n: found.length }) : t("palette.none")) : ""}</p>
        <ul class="palette-list" role="listbox" id="${this.#id}-list" aria-label=${t("palette.open")}>
          ${found.map((row, index) => this.#row(row, index, index === at))}
        </ul>
        ${this.isOpen.value && found.length === 0 ? html`<p class="palette-none secondary">${t("palette.none")}</p>` : nothing}
      </dialog>
    `;
  }

  #row({ command, name, pieces }: Row, index: number, now: boolean): TemplateResult {
    const key = commands.keyOf(command.id);
    return html`
      <li role="option" id="${this.#id}-${index}" class="palette-row" aria-selected=${now ? "true" : "false"}
        aria-keyshortcuts=${shortcut(key)} @pointermove=${() => this.#move(index, false)} @click=${() => this.#choose(command)}>
        <span class="palette-name">${marked(name, pieces)}</span>
        <span class="palette-group">${wordsOf(command.group)}</span>
        ${keys(key)}
      </li>
    `;
  }

  #input = (event: Event): void => {
    this.#query.value = (event.target as HTMLInputElement).value;
    this.#move(0);
  };

  /** The pointer moves the choice only to where it is already, so nothing scrolls under it. */
  #move(to: number, scroll = true): void {
    this.#at.value = to;
    if (!scroll) return;
    void this.updateComplete.then(() =>
      this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }),
    );
  }

  #key(event: KeyboardEvent, found: readonly Row[], at: number): void {
    if (event.isComposing || event.keyCode === 229) return;
    const last = found.length - 1;
    const to: Readonly<Record<string, number>> = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at === 0 ? last : at - 1,
      PageDown: Math.min(last, at + 8),
      PageUp: Math.max(0, at - 8),
    };
    const next = to[event.key];
    const row = found[at];
    if (next !== undefined && last >= 0) this.#move(next);
    else if (event.key === "Enter" && row) this.#choose(row.command);
    else return;
    event.preventDefault();
  }

  #choose(command: Command): void {
    this.close();
    // After the focus has gone back to where it was: the command may move it on.
    setTimeout(() => commands.run(command.id));
  }

  #outside = (event: Event): void => {
    if (event.target === this.dialog) this.close();
  };
}
