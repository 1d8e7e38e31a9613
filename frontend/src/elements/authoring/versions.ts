import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { Question } from "../../core/contracts";
import type { AnswerStore } from "../../core/store";
import type { Task } from "../../core/task";
import {
  compareTexts,
  differing,
  storeOf,
  takeBack,
  type Version,
  type VersionRow,
  writtenText,
} from "../../core/versions";
import { t, timeOf } from "../../i18n";
import { uniqueId } from "../base";
import { capsOf, shortcutOf } from "../command-parts";
import { titleOf } from "../context";
import { closeButton, DialogElement } from "../dialog";
import { summary } from "../summary";
import { keepVersion, readVersion, readVersions } from "./versions-api";

/** Versions of one's draft: keep one, look at what differs, take one back. */
export class VersionsElement extends DialogElement {
  static override properties = { task: { attribute: false }, announce: { attribute: false } };

  declare task: Task;
  declare announce: (message: string) => void;
  readonly #id = uniqueId();
  readonly #rows = signal<readonly VersionRow[] | null>(null);
  readonly #chosen = signal<Version | null>(null);
  readonly #said = signal("");

  override async open(): Promise<void> {
    this.#chosen.value = null;
    this.#said.value = "";
    await super.open();
    await this.#load();
  }

  protected override render(): TemplateResult {
    return html`<dialog class="assay-dialog is-wide" aria-labelledby=${this.#id}>
      <h2 id=${this.#id}>${t("versions.title")}</h2>
      <p class="secondary">${t("versions.body")}</p>
      <form class="version-keep" @submit=${this.#keep}>
        <label>${t("versions.name")}<input type="text" name="name" maxlength="80" autocomplete="off" /></label>
        <button class="button" data-does="versions.keep" aria-keyshortcuts=${shortcutOf("versions.keep")}>${t("versions.keep")}${capsOf("versions.keep")}</button>
      </form>
      <p class="question-help" role="status">${this.#said.value}</p>
      <div class="versions">
        ${this.#list()}
        <div class="version-compare" tabindex="0" role="region" aria-label=${t("versions.title")}>${this.#compare()}</div>
      </div>
      <div class="actions">
        <button type="button" class="button primary" data-does="versions.take" aria-keyshortcuts=${shortcutOf("versions.take")} ?disabled=${!this.#chosen.value} @click=${this.#take}>${t("versions.takeBack")}${capsOf("versions.take")}</button>
        ${closeButton(() => this.close())}
      </div>
    </dialog>`;
  }

  #list(): TemplateResult {
    const rows = this.#rows.value ?? [];
    if (this.#rows.value && rows.length === 0) return html`<p class="muted">${t("versions.none")}</p>`;
    return html`<ul class="version-list" aria-label=${t("versions.list")}>
      ${rows.map(
        (row) => html`<li>
          <button type="button" class="version-go" aria-pressed=${this.#chosen.value?.id === row.id ? "true" : "false"} @click=${() => void this.#choose(row)}>
            <span>${row.name || t("versions.automatic")}</span><span class="muted small">${timeOf(row.kept_at)}</span>
          </button>
        </li>`,
      )}
    </ul>`;
  }

  #compare(): TemplateResult {
    const chosen = this.#chosen.value;
    if (!chosen) return html`<p class="muted">${this.#rows.value?.length ? t("versions.choose") : ""}</p>`;
    const now = this.task.store;
    const then = storeOf(now, chosen.result);
    const questions = differing(now, then);
    if (questions.length === 0) return html`<p>${t("versions.equal")}</p>`;
    return html`${questions.map((question) => difference(question, then, now))}`;
  }

  async #load(): Promise<void> {
    const rows = await readVersions(this.task.work.assignment);
    if (rows) this.#rows.value = rows;
    else this.#said.value = t("versions.failed");
  }

  async #choose(row: VersionRow): Promise<void> {
    this.#chosen.value = await readVersion(this.task.work.assignment, row.id);
    if (!this.#chosen.value) this.#said.value = t("versions.failed");
  }

  /** What is written is saved first: a version is a copy of the draft that the server has. */
  #keep = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem("name") as HTMLInputElement;
    this.#said.value = t("versions.keeping");
    await this.task.autosave.flush();
    if (this.task.autosave.unsaved) {
      this.#said.value = t("versions.unsaved");
      return;
    }
    const kept = await keepVersion(this.task.work.assignment, field.value);
    this.#said.value =
      kept === null
        ? t("versions.failed")
        : typeof kept === "string"
          ? kept
          : t(kept.made ? "versions.kept" : "versions.same");
    if (kept === null || typeof kept === "string") return;
    field.value = "";
    await this.#load();
  };

  #take = (): void => {
    const chosen = this.#chosen.peek();
    if (!chosen) return;
    takeBack(this.task.store, chosen.result);
    this.close();
    this.announce(t("versions.taken"));
  };
}

function difference(question: Question, then: AnswerStore, now: AnswerStore): TemplateResult {
  const [older, newer] = [writtenText(then, question), writtenText(now, question)];
  const words = older !== null || newer !== null ? compareTexts(older ?? "", newer ?? "") : null;
  const side = (store: AnswerStore, here: "gone" | "new"): TemplateResult =>
    words
      ? html`<p class="version-text">${words.map(({ kind, text }) => {
          if (kind === "same") return text;
          if (kind !== here) return nothing;
          return here === "gone" ? html`<del>${text}</del>` : html`<ins>${text}</ins>`;
        })}</p>`
      : summary(store, question, store.regions(question.key).peek());
  return html`<section class="version-question">
    <h3>${titleOf(question)}</h3>
    <div class="version-sides">
      <div class="version-side"><h4>${t("versions.then")}</h4>${side(then, "gone")}</div>
      <div class="version-side"><h4>${t("versions.now")}</h4>${side(now, "new")}</div>
    </div>
  </section>`;
}
