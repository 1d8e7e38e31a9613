import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { command } from "../../core/command-list";
import type { Command } from "../../core/commands";
import type { Field } from "../../core/contracts";
import type { Page } from "../../core/field-text";
import { marksByPage } from "../../core/page-marks";
import { pagesIn } from "../../core/units";
import { zoomed } from "../../core/zoom";
import { type PageSource, PageView } from "../../dom/page-view";
import { t } from "../../i18n";
import { AssayElement, uniqueId } from "../base";
import { capsOf, shortcutOf, tip } from "../command-parts";
import type { AnswerContext } from "../context";
import { addCommands, pressing } from "../keyboard";
import type { TextEditorElement } from "../text-editor";
import type { TextViewElement } from "../text-view";
import { pageSource } from "./page-source";
import { pageButton, pageTurning } from "./page-turning";
import { Pinch } from "./pinch";

/** A document as pages: pictures with their text above, or its text alone; by pages, larger and smaller. */
export class PagesFieldElement extends AssayElement {
  static override properties = {
    context: { attribute: false },
    field: { attribute: false },
    asked: { attribute: false },
  };

  declare context: AnswerContext;
  declare field: Field;
  declare asked: boolean;
  readonly #id = uniqueId();
  #source: PageSource | null = null;
  #plain = false;
  #zoom = 1;
  #page = 0;
  #frame = 0;
  #stop: () => void = () => {};
  /** What the fingers are listened for on: pages as pictures. */
  #gripped: HTMLElement | null = null;
  readonly #pinch = new Pinch({
    target: (x, y) =>
      document.elementsFromPoint(x, y).find((one) => one.matches(".doc-page") && this.contains(one)) ?? null,
    zoom: () => this.#zoom,
    show: (zoom) => {
      this.#zoom = zoom;
      this.#gripped?.style.setProperty("--zoom", String(zoom));
    },
    scroll: (dx, dy) => {
      this.#gripped?.scrollBy({ left: dx, behavior: "instant" });
      window.scrollBy({ top: dy, behavior: "instant" });
    },
    ended: () => {
      this.context.announce(t("page.zoom", { n: Math.round(this.#zoom * 100) }));
      this.requestUpdate();
    },
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = addCommands(() => this.#commands());
    document.addEventListener("scroll", this.#onScroll, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    this.#pinch.stop();
    this.#gripped = null;
    document.removeEventListener("scroll", this.#onScroll);
    cancelAnimationFrame(this.#frame);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("context") && !changed.has("field")) return;
    this.#source = pageSource(this.field, this.context.store.texts.data);
    this.#plain = this.#source === null;
  }

  protected override render(): TemplateResult {
    const { context, field } = this;
    const source = this.#plain ? null : this.#source;
    const scans = this.#pages.length > 0 && this.#pages.every((page) => page.text.trim() === "");
    return html`
      ${scans ? html`<p class="notice">${t("page.scan")}</p>` : nothing}
      ${
        this.asked
          ? html`<assay-text-editor .context=${context} .field=${field} .source=${source}></assay-text-editor>`
          : html`<assay-text-view .context=${context} .field=${field} .texts=${context.store.texts} .language=${context.language} .source=${source}></assay-text-view>`
      }
      ${this.#bar()}
    `;
  }

  protected override updated(_changed: PropertyValues): void {
    const doc = this.querySelector<HTMLElement>(".doc");
    doc?.style.setProperty("--zoom", String(this.#zoom));
    const drawn = this.#plain ? null : doc;
    if (drawn === this.#gripped) return;
    this.#gripped = drawn;
    if (drawn) this.#pinch.listen(drawn);
    else this.#pinch.stop();
  }

  #bar(): TemplateResult {
    const count = this.#pages.length;
    return html`<div class="page-bar" role="group" aria-label=${t("page.bar")}>
      ${pageTurning({ id: this.#id, page: this.#page, count, go: (page, typed) => this.#go(page, typed) })} ${this.#marked()}
      ${
        this.#plain
          ? nothing
          : html`${pageButton("page.smaller", "minus", zoomed(this.#zoom, -1) === this.#zoom, () => this.#run("page.smaller"))}
              <button type="button" class="page-fit" title=${tip(t("page.fit"), "page.fit")} aria-label=${t("page.fit")} aria-keyshortcuts=${shortcutOf("page.fit")} @click=${() => this.#fit()}>
                ${Math.round(this.#zoom * 100)} %${capsOf("page.fit")}
              </button>
              ${pageButton("page.larger", "plus", zoomed(this.#zoom, 1) === this.#zoom, () => this.#run("page.larger"))}`
      }
      ${
        this.#source
          ? html`<button type="button" class="page-plain" aria-pressed=${this.#plain ? "true" : "false"} title=${tip(t("page.plain"), "page.plain")} aria-keyshortcuts=${shortcutOf("page.plain")} @click=${() => this.#togglePlain()}>
              ${t("page.plain")}${capsOf("page.plain")}
            </button>`
          : nothing
      }
    </div>`;
  }

  /** The pages that have marks, with how many: to go there. */
  #marked(): TemplateResult | typeof nothing {
    if (!this.asked) return nothing;
    const counts = marksByPage(this.context.desk.spansOn(this.field.name), this.#pages);
    if (counts.size === 0) return nothing;
    return html`<select
      class="page-marked"
      aria-label=${t("page.marked", { n: counts.size })}
      @change=${(event: Event) => this.#go(Number((event.target as HTMLSelectElement).value))}
    >
      <option value="" disabled hidden .selected=${live(true)}>${t("page.marked", { n: counts.size })}</option>
      ${[...counts].map(([at, n]) => html`<option value=${at}>${t("page.marks", { page: at + 1, n })}</option>`)}
    </select>`;
  }

  get #pages(): readonly Page[] {
    return pagesIn(this.context.store.texts, this.field.name);
  }

  get #shown(): TextEditorElement | TextViewElement | null {
    return this.querySelector<TextEditorElement | TextViewElement>("assay-text-editor, assay-text-view");
  }

  /** Goes to a page and puts the caret at its beginning. */
  #go(page: number, focus = true): void {
    const target = this.#pages[page];
    const view = this.#shown?.view;
    if (!target || !view) return;
    this.#page = page;
    if (this.asked) this.context.desk.select(this.field.name, target.start, target.start);
    const element = view instanceof PageView ? view.pageElement(page) : view.elementAt(target.start);
    element?.scrollIntoView({ block: "start", behavior: "instant" });
    if (focus && this.asked) (this.#shown as TextEditorElement).focusText();
    this.context.announce(t("page.at", { n: page + 1, count: this.#pages.length }));
    this.requestUpdate();
  }

  /** Which page is looked at, once a frame. */
  #onScroll = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const view = this.#shown?.view;
      const page = view instanceof PageView ? view.pageInWindow() : null;
      if (page === null || page === this.#page) return;
      this.#page = page;
      this.requestUpdate();
    });
  };

  #setZoom(zoom: number): void {
    if (zoom === this.#zoom) return;
    this.#zoom = zoom;
    const page = this.#page;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const view = this.#shown?.view;
      if (view instanceof PageView)
        view.pageElement(page)?.scrollIntoView({ block: "start", behavior: "instant" });
      this.context.announce(t("page.zoom", { n: Math.round(zoom * 100) }));
    });
  }

  #fit(): void {
    this.#setZoom(1);
  }

  #togglePlain(): void {
    this.#plain = !this.#plain;
    this.context.announce(t(this.#plain ? "page.plain.on" : "page.plain.off"));
    const page = this.#page;
    this.requestUpdate();
    void this.updateComplete.then(() => this.#shown?.updateComplete).then(() => this.#go(page, false));
  }

  #run(id: "page.previous" | "page.next" | "page.smaller" | "page.larger"): void {
    if (id === "page.previous") this.#go(Math.max(0, this.#page - 1), false);
    else if (id === "page.next") this.#go(Math.min(this.#pages.length - 1, this.#page + 1), false);
    else this.#setZoom(zoomed(this.#zoom, id === "page.larger" ? 1 : -1));
  }

  #commands(): readonly Command[] {
    const drawn = (): boolean => !this.#plain;
    return [
      pressing("page.again"),
      command("page.next", () => this.#run("page.next")),
      command("page.previous", () => this.#run("page.previous")),
      command("page.go", () => this.querySelector<HTMLInputElement>(".page-input")?.focus()),
      command("page.larger", () => this.#run("page.larger"), drawn),
      command("page.smaller", () => this.#run("page.smaller"), drawn),
      command("page.fit", () => this.#fit(), drawn),
      command(
        "page.plain",
        () => this.#togglePlain(),
        () => this.#source !== null,
      ),
    ];
  }
}
