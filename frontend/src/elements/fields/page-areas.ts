import { html, type PropertyValues, type TemplateResult } from "lit";
import { command } from "../../core/command-list";
import type { Command } from "../../core/commands";
import type { Field } from "../../core/contracts";
import { pagesIn } from "../../core/units";
import { t } from "../../i18n";
import { AssayElement, uniqueId } from "../base";
import type { AnswerContext } from "../context";
import { addCommands } from "../keyboard";
import { pageTurning } from "./page-turning";

/** A document whose pages are drawn on: one page at a time. An area that is selected brings its page. */
export class PageAreasElement extends AssayElement {
  static override properties = { context: { attribute: false }, field: { attribute: false } };

  declare context: AnswerContext;
  declare field: Field;
  readonly #id = uniqueId();
  #page = 0;
  /** The selected area whose page was shown last. */
  #followed: string | null = null;
  #stop: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = addCommands(() => this.#commands());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("field")) this.#page = 0;
  }

  protected override render(): TemplateResult {
    this.#follow();
    return html`<assay-image .context=${this.context} .field=${this.field} .asked=${true} .page=${this.#page}></assay-image>
      <div class="page-bar" role="group" aria-label=${t("page.bar")}>
        ${pageTurning({ id: this.#id, page: this.#page, count: this.#count, go: (page) => this.#go(page) })}
      </div>`;
  }

  /** Shows the page of an area that was selected elsewhere: in the list, or as the next one to answer. */
  #follow(): void {
    const { desk, store } = this.context;
    const id = desk.selected.value;
    if (id === this.#followed) return;
    this.#followed = id;
    const region = id === null ? null : (store.region(id) ?? desk.suggestions.open(id)?.region);
    if (region?.kind === "boxes" && store.question(region.question).field === this.field.name)
      this.#page = region.page ?? 0;
  }

  get #count(): number {
    return pagesIn(this.context.store.texts, this.field.name).length;
  }

  #go(page: number): void {
    if (page < 0 || page >= this.#count || page === this.#page) return;
    this.#page = page;
    this.context.desk.selected.value = null;
    this.context.announce(t("page.at", { n: page + 1, count: this.#count }));
    this.requestUpdate();
  }

  #commands(): readonly Command[] {
    return [
      command("page.next", () => this.#go(this.#page + 1)),
      command("page.previous", () => this.#go(this.#page - 1)),
      command("page.go", () => this.querySelector<HTMLInputElement>(".page-input")?.focus()),
    ];
  }
}
