import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { Command } from "../core/commands";
import { fuzzy } from "../core/fuzzy";
import { keyCaps } from "../core/keymap";
import { giving, rival, type Unfit, unfit } from "../core/remap";
import { type Key, t } from "../i18n";
import {
  type Keeping,
  keeping,
  ownKeys,
  resetKeys,
  setKeys,
  setSingleKeys,
  singleKeys,
} from "../preferences";
import { uniqueId } from "./base";
import { closeButton, DialogElement } from "./dialog";
import { grouped } from "./help-sheet";
import { chordOf, commands, wordsOf } from "./keyboard";
import { APPLE, keys } from "./parts";

/** What is being done: nothing, waiting for a key, or asking whether a key may change hands. */
interface Choosing {
  readonly command: Command;
  readonly chord?: string;
  readonly unfit?: Unfit;
}

const KEPT: Readonly<Record<Keeping, Key>> = {
  kept: "keys.kept",
  sending: "keys.sending",
  failed: "keys.failed",
};

function spoken(chord: string | undefined): string {
  return chord ? keyCaps(chord, APPLE).join(" ") : t("keys.none");
}

/** A person's own keys: press the new one, settle whose it is, go back to the first ones. */
export class KeySettingsElement extends DialogElement {
  readonly #id = uniqueId();
  readonly #choosing = signal<Choosing | null>(null);
  readonly #query = signal("");
  readonly #said = signal("");
  #touched = false;

  override async open(): Promise<void> {
    this.#choosing.value = null;
    this.#said.value = "";
    await super.open();
  }

  protected override render(): TemplateResult {
    const query = this.#query.value;
    const all = this.isOpen.value ? commands.all.value : [];
    const listed = all.filter((one) => !one.fixed && (!query.trim() || this.#matches(one, query)));
    return html`
      <dialog class="assay-dialog key-settings" aria-labelledby=${this.#id} @keydown=${this.#key} @cancel=${this.#cancel}>
        <h2 id=${this.#id}>${t("keys.title")}</h2>
        <p class="secondary">${t("keys.body")}</p>
        <label class="check">
          <input type="checkbox" .checked=${singleKeys.value} @change=${this.#single} />
          <span>${t("help.single")}<br /><span class="muted small">${t("help.single.body")}</span></span>
        </label>
        <input type="search" class="key-filter" aria-label=${t("keys.filter")} placeholder=${t("keys.filter")}
          @input=${(event: Event) => {
            this.#query.value = (event.target as HTMLInputElement).value;
          }} />
        <div class="key-groups">${grouped(listed).map(([title, all]) => this.#section(title, all))}</div>
        <p class="visually-hidden" role="status">${this.#said.value}</p>
        <div class="actions">
          <span class="small muted grow" role="status">${this.#touched ? t(KEPT[keeping.value]) : nothing}</span>
          <button type="button" class="button" ?disabled=${Object.keys(ownKeys.value).length === 0} @click=${this.#resetAll}>${t("keys.reset.all")}</button>
          ${closeButton(() => this.close(), { primary: true })}
        </div>
      </dialog>
    `;
  }

  #matches(command: Command, query: string): boolean {
    const key = commands.keyOf(command.id);
    return fuzzy(query, wordsOf(command.words)) !== null || spoken(key).toLowerCase() === query.toLowerCase();
  }

  #section(title: string, all: readonly Command[]): TemplateResult {
    return html`<section><h3>${title}</h3><ul class="key-rows">${all.map((one) => this.#row(one))}</ul></section>`;
  }

  #row(command: Command): TemplateResult {
    const name = wordsOf(command.words);
    const key = commands.keyOf(command.id);
    const choosing = this.#choosing.value?.command.id === command.id ? this.#choosing.value : null;
    const changed = ownKeys.value[command.id] !== undefined;
    return html`
      <li class="key-row ${choosing ? "is-choosing" : ""}" data-command=${command.id}>
        <span class="key-name">${name}</span>
        ${
          changed
            ? html`<button type="button" class="link-button small" aria-label=${t("keys.reset.one", { name })}
                @click=${() => this.#change({ [command.id]: undefined }, command)}>${t("keys.reset")}</button>`
            : nothing
        }
        <button type="button" class="button small key-button" aria-pressed=${choosing ? "true" : "false"}
          aria-label=${key ? t("keys.change", { name, key: spoken(key) }) : t("keys.add", { name })}
          @click=${() => this.#begin(command)}>${key ? keys(key) : html`<span class="muted">${t("keys.none")}</span>`}</button>
        ${choosing ? this.#asking(choosing, name) : nothing}
      </li>
    `;
  }

  /** Below the row: press a key; or what stands in the way of the one pressed. */
  #asking({ command, chord, unfit: why }: Choosing, name: string): TemplateResult {
    const other = chord && !why ? rival(commands, command, chord) : null;
    return html`
      <div class="key-asking">
        <p class="small" role="alert">${other && chord ? this.#contested(chord, name, other) : why ? t(`keys.refused.${why}`, { key: spoken(chord), name }) : t("keys.press")}</p>
        <div class="actions">
          ${other && chord ? html`<button type="button" class="button small primary" @click=${() => this.#give(command, chord)}>${t("keys.take", { name })}</button>` : nothing}
          <button type="button" class="button small" @click=${() => this.#change({ [command.id]: "" }, command)}>${t("keys.none.give")}</button>
          <button type="button" class="button small" @click=${this.#stop}>${t("dialog.cancel")}</button>
        </div>
      </div>
    `;
  }

  #contested(chord: string, name: string, other: Command): string {
    const left = commands.keysOf(other.id).find((one) => one !== chord);
    const words = { key: spoken(chord), name, other: wordsOf(other.words) };
    return left ? t("keys.taken.left", { ...words, left: spoken(left) }) : t("keys.taken", words);
  }

  #begin(command: Command): void {
    this.#choosing.value = { command };
    this.#focusRow(command);
  }

  #stop = (): void => {
    const command = this.#choosing.peek()?.command;
    this.#choosing.value = null;
    if (command) this.#focusRow(command);
  };

  #focusRow(command: Command): void {
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>(`[data-command="${CSS.escape(command.id)}"] .key-button`)?.focus(),
    );
  }

  /** While a key is waited for every key is the new one, but those by which one goes through the dialog. */
  #key = (event: KeyboardEvent): void => {
    const choosing = this.#choosing.peek();
    const button = event.target instanceof Element && event.target.matches(".key-button");
    if (!choosing || event.key === "Tab") return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.#stop();
      return;
    }
    const chord = chordOf(event);
    if (!button || !chord) return;
    event.preventDefault();
    event.stopPropagation();
    const { command } = choosing;
    const why = unfit(command, chord);
    if (why || rival(commands, command, chord)) {
      this.#choosing.value = { command, chord, ...(why ? { unfit: why } : {}) };
    } else this.#give(command, chord);
  };

  #give(command: Command, chord: string): void {
    this.#change(giving(commands, command, chord), command);
  }

  #change(changes: Readonly<Record<string, string | undefined>>, command: Command): void {
    this.#touched = true;
    setKeys(changes);
    this.#choosing.value = null;
    const key = spoken(commands.keyOf(command.id));
    this.#said.value = t("keys.now", { name: wordsOf(command.words), key });
    this.#focusRow(command);
  }

  #resetAll = (): void => {
    this.#touched = true;
    resetKeys();
    this.#choosing.value = null;
    this.#said.value = t("keys.reset.done");
    this.querySelector<HTMLElement>(".key-filter")?.focus();
  };

  #single = (event: Event): void => {
    this.#touched = true;
    setSingleKeys((event.target as HTMLInputElement).checked);
  };

  #cancel = (event: Event): void => {
    if (this.#choosing.peek()) {
      event.preventDefault();
      this.#stop();
    }
  };
}
