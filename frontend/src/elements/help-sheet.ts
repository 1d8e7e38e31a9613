import { html, nothing, type TemplateResult } from "lit";
import type { Command } from "../core/commands";
import { t } from "../i18n";
import { uniqueId } from "./base";
import { capsOf, shortcutOf } from "./command-parts";
import { closeButton, DialogElement } from "./dialog";
import { commands, wordsOf } from "./keyboard";
import { keys, shortcut } from "./parts";

/** The commands under their groups, in the order of the table: of one name in two groups, two. */
export function grouped(all: readonly Command[]): readonly (readonly [string, readonly Command[]])[] {
  const groups = new Map<string, Command[]>();
  for (const one of all) {
    const name = wordsOf(one.group);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  const general = t("help.general");
  return [...groups].sort(([a], [b]) => Number(b === general) - Number(a === general));
}

/** All keys, by what they do. */
export class HelpSheetElement extends DialogElement {
  readonly #id = uniqueId();

  protected override render(): TemplateResult {
    const all = this.isOpen.value ? commands.all.value : [];
    const listed = all.filter((one) => commands.keysOf(one.id).length > 0);
    return html`
      <dialog class="assay-dialog is-wide help-sheet" aria-labelledby=${this.#id}>
        <h2 id=${this.#id}>${t("help.title")}</h2>
        <div class="help-scroll" tabindex="0" autofocus role="region" aria-labelledby=${this.#id}>
          <div class="help-columns">${grouped(listed).map(([title, rows]) => section(title, rows))}</div>
        </div>
        <div class="actions">
          <button type="button" class="button" aria-keyshortcuts=${shortcutOf("look.keys")} @click=${this.#change}>${t("help.change")}${capsOf("look.keys")}</button>
          ${closeButton(() => this.close(), { primary: true })}
        </div>
      </dialog>
    `;
  }

  #change = (): void => {
    this.close();
    setTimeout(() => commands.run("look.keys"));
  };
}

function section(title: string, rows: readonly Command[]): TemplateResult {
  return html`
    <section>
      <h3>${title}</h3>
      <dl class="key-list">${rows.map(row)}</dl>
    </section>
  `;
}

function row(command: Command): TemplateResult {
  const all = commands.keysOf(command.id);
  const shown = command.fixed ? all : all.slice(0, 1);
  const spoken = shown.map((one) => shortcut(one)).filter((one) => one !== nothing);
  return html`<div>
    <dt>${shown.map((one) => keys(one))}<span class="visually-hidden">${spoken.join(", ")}</span></dt>
    <dd>${wordsOf(command.words)}</dd>
  </div>`;
}
