import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { areasOn, type Point } from "../../core/areas";
import { command } from "../../core/command-list";
import type { Command } from "../../core/commands";
import type { Field } from "../../core/contracts";
import type { BoxRegion } from "../../core/regions";
import { pagesIn } from "../../core/units";
import { zoomed } from "../../core/zoom";
import { t } from "../../i18n";
import { AssayElement, uniqueId } from "../base";
import { capsOf, keyName, shortcutOf, tip } from "../command-parts";
import type { AnswerContext } from "../context";
import { addCommands, pressing } from "../keyboard";
import { icon } from "../parts";
import { AreaHand } from "./area-hand";
import { AreaPointer } from "./area-pointer";
import { chip, handles, outline, unfinished } from "./area-shapes";
import { assetAddress, pageSource } from "./page-source";
import { Pinch } from "./pinch";

/** Of several pictures the one does it on which an area is selected. */
function cornerCommand(id: "area.corner.next" | "area.corner.previous", by: 1 | -1): Command {
  const here = (): ImageFieldElement | undefined =>
    [...document.querySelectorAll<ImageFieldElement>("assay-image")].find((one) => one.takesCorner);
  return command(
    id,
    () => here()?.stepCorner(by),
    () => here() !== undefined,
  );
}

/** A picture with areas on it: drawn by mouse, by touch and by keys; larger, smaller, moved about. */
export class ImageFieldElement extends AssayElement {
  static override properties = {
    context: { attribute: false },
    field: { attribute: false },
    asked: { attribute: false },
    page: { attribute: false },
  };

  declare context: AnswerContext;
  declare field: Field;
  declare asked: boolean;
  /** Of a document: which page is drawn on, counted from 0. */
  declare page: number | undefined;
  readonly #id = uniqueId();
  #zoom = 1;
  #hand!: AreaHand;
  #pointer!: AreaPointer;
  #failed = false;
  #size = { width: 1000, height: 750 };
  #stop: () => void = () => {};
  /** What the fingers are listened for on. */
  #gripped: HTMLElement | null = null;
  readonly #pinch = new Pinch({
    target: () => this.#stage,
    zoom: () => this.#zoom,
    show: (zoom) => {
      this.#zoom = zoom;
      this.#stage?.style.setProperty("--zoom", String(zoom));
    },
    scroll: (dx, dy) => this.#scroll(dx, dy),
    ended: () => this.#setZoom(this.#zoom),
    holds: () => this.#pointer.holds,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = addCommands(() => this.#commands());
    window.addEventListener("online", this.#again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    this.#pinch.stop();
    this.#gripped = null;
    window.removeEventListener("online", this.#again);
  }

  focusText(): void {
    this.#stage?.focus({ preventScroll: true });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("context") && !changed.has("field") && !changed.has("page")) return;
    this.#failed = false;
    this.#hand = new AreaHand(
      this.context,
      this.field,
      () => this.#size,
      () => this.#seen(),
      this.page,
    );
    this.#pointer = new AreaPointer(this.context, this.#hand, {
      stage: () => this.#stage,
      frame: () => this.#frame,
      changed: () => this.requestUpdate(),
    });
    const given = this.#given;
    const [width, height] = [Number(given?.width), Number(given?.height)];
    if (width > 0 && height > 0) this.#size = { width, height };
  }

  protected override render(): TemplateResult {
    const { store, desk, readOnly } = this.context;
    const address = this.#address;
    const areas = this.asked ? areasOn(store, this.field.name, this.page) : [];
    const offered = this.asked && !readOnly ? desk.suggestions.areas(this.field.name, this.page) : [];
    const selected = areas.find((area) => area.id === desk.selected.value) ?? null;
    const inHand = this.#hand.inHand();
    const { corner } = this.#hand;
    if (!address || this.#failed) return this.#broken(address !== null);
    return html`
      <div class="image-scroll">
        <div
          class="image-stage ${inHand && !readOnly ? "is-drawing" : ""}"
          role=${this.asked ? "application" : nothing}
          tabindex=${this.asked ? "0" : nothing}
          aria-label=${this.asked ? this.#name : nothing}
          aria-describedby=${this.asked ? this.#id : nothing}
          @keydown=${this.#onKey}
          @focus=${this.#onFocus}
          @blur=${this.#onBlur}
          @pointerdown=${this.asked ? this.#pointer.down : nothing}
          @pointermove=${this.#pointer.move}
          @pointerup=${this.#pointer.up}
          @pointercancel=${this.#pointer.cancel}
          @dblclick=${() => this.#closePolygon()}
        >
          <img src=${address} alt=${this.#name} draggable="false" @load=${this.#onLoad} @error=${this.#onError} />
          <svg class="areas" viewBox="0 0 ${this.#size.width} ${this.#size.height}" preserveAspectRatio="none" aria-hidden="true">
            ${this.#areas(areas, false)} ${this.#areas(offered, true)} ${this.#unfinished()}
          </svg>
          ${this.#chips(areas, false)} ${this.#chips(offered, true)}
          ${selected && !readOnly && (!inHand || corner !== null) ? handles(this.#pointer.shapeOf(selected), corner) : nothing}
        </div>
      </div>
      ${this.asked ? html`<p class="visually-hidden" id=${this.#id}>${t("area.keyboard")} ${this.#cornerKeys()}</p>` : nothing} ${this.#bar()}
    `;
  }

  get #name(): string {
    if (this.page !== undefined) return t("page.name", { n: this.page + 1 });
    return this.field.title || t("area.picture");
  }

  get #address(): string | null {
    const { data } = this.context.store.texts;
    if (this.page === undefined) return assetAddress(this.field, data);
    return pageSource(this.field, data)?.picture(this.page, "large") ?? null;
  }

  /** What the item says of the picture, or of the page. */
  get #given(): { readonly width?: unknown; readonly height?: unknown } {
    const { texts } = this.context.store;
    if (this.page !== undefined) return pagesIn(texts, this.field.name)[this.page] ?? {};
    return (texts.data[this.field.key] ?? {}) as { readonly width?: unknown; readonly height?: unknown };
  }

  get #stage(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".image-stage");
  }

  protected override updated(_changed: PropertyValues): void {
    this.#stage?.style.setProperty("--zoom", String(this.#zoom));
    const frame = this.#frame;
    if (frame === this.#gripped) return;
    this.#gripped = frame;
    if (frame) this.#pinch.listen(frame);
    else this.#pinch.stop();
  }

  /** What scrolls. */
  get #frame(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".image-scroll");
  }

  /** Moves what is seen; at the picture's edge the page goes on. */
  #scroll(dx: number, dy: number): void {
    const frame = this.#frame;
    if (!frame) return;
    const before = frame.scrollTop;
    frame.scrollBy({ left: dx, top: dy, behavior: "instant" });
    window.scrollBy({ top: dy - (frame.scrollTop - before), behavior: "instant" });
  }

  /** The picture did not come: it is asked for again by the button, and when the network is back. */
  #broken(named: boolean): TemplateResult {
    return html`<div class="notice warn" role="alert">
      <p>${t("area.broken")}</p>
      ${named ? html`<button type="button" class="button small" data-does="page.again" aria-keyshortcuts=${shortcutOf("page.again")} @click=${this.#again}>${t("page.again")}${capsOf("page.again")}</button>` : nothing}
    </div>`;
  }

  #again = (): void => {
    if (!this.#failed) return;
    const held = this.contains(document.activeElement);
    this.#failed = false;
    this.requestUpdate();
    if (held && this.asked) void this.updateComplete.then(() => this.focusText());
  };

  #areas(areas: readonly BoxRegion[], offered: boolean): readonly TemplateResult[] {
    const { desk } = this.context;
    return areas.map((area) => {
      const shown = { offered, selected: area.id === desk.selected.value };
      return outline(this.context, area, this.#pointer.shapeOf(area), this.#size, shown);
    });
  }

  #chips(areas: readonly BoxRegion[], offered: boolean): readonly unknown[] {
    const { desk } = this.context;
    return areas.map((area) =>
      chip(this.context, area, { offered, selected: area.id === desk.selected.value }),
    );
  }

  /** What is being drawn. */
  #unfinished(): TemplateResult | typeof nothing {
    const { sketch } = this.#hand;
    const { drawing } = this.#pointer;
    const label = sketch?.label ?? drawing?.label;
    if (!label) return nothing;
    return unfinished(this.context, label, sketch?.sketch ?? null, drawing?.shape ?? null, this.#size);
  }

  #bar(): TemplateResult {
    const button = (id: "page.smaller" | "page.larger", sign: "minus" | "plus", by: -1 | 1): TemplateResult =>
      html`<button type="button" class="icon-button" title=${tip(t(id), id)} aria-label=${t(id)} aria-keyshortcuts=${shortcutOf(id)} ?disabled=${zoomed(this.#zoom, by) === this.#zoom} @click=${() => this.#setZoom(zoomed(this.#zoom, by))}>${icon(sign)}${capsOf(id)}</button>`;
    return html`<div class="page-bar" role="group" aria-label=${t("area.bar")}>
      ${button("page.smaller", "minus", -1)}
      <button type="button" class="page-fit" title=${tip(t("page.fit"), "page.fit")} aria-label=${t("page.fit")} aria-keyshortcuts=${shortcutOf("page.fit")} @click=${() => this.#setZoom(1)}>${Math.round(this.#zoom * 100)} %${capsOf("page.fit")}</button>
      ${button("page.larger", "plus", 1)}
      ${
        this.takesCorner
          ? html`<button type="button" class="page-plain" title=${tip(t("area.corner.next"), "area.corner.next")} aria-label=${t("area.corner.next")} aria-keyshortcuts=${shortcutOf("area.corner.next")} @click=${() => this.stepCorner(1)}>${t("area.corner.short")}${capsOf("area.corner.next")}</button>`
          : nothing
      }
      ${
        this.#hand.sketch?.sketch.kind === "polygon"
          ? html`<button type="button" class="page-plain" aria-keyshortcuts="Enter" @click=${() => this.#closePolygon()}>${t("area.close")}</button>`
          : nothing
      }
    </div>`;
  }

  #cornerKeys(): string {
    const key = keyName("area.corner.next");
    return key && !this.context.readOnly ? t("area.corner.keys", { key }) : "";
  }

  /** Whether the corners of an area that is selected here can be moved one by one. */
  get takesCorner(): boolean {
    return this.asked && this.#hand.cornered !== null;
  }

  /** Goes to the next or previous corner of the selected area; keys then move it. */
  stepCorner(by: 1 | -1): void {
    this.#hand.stepCorner(by);
    this.focusText();
    this.requestUpdate();
  }

  #closePolygon(): void {
    this.#hand.closePolygon();
    this.requestUpdate();
  }

  #onFocus = (): void => {
    this.#hand.leaving = false;
    this.context.desk.focused.value = this.field.name;
  };

  #onBlur = (): void => {
    const { desk } = this.context;
    if (desk.focused.peek() === this.field.name) desk.focused.value = null;
  };

  #onKey = (event: KeyboardEvent): void => {
    if (!this.asked || event.isComposing || event.altKey) return;
    if (event.key === "Tab" && this.#hand.leaving) return;
    if (!this.#hand.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
    this.requestUpdate();
  };

  #seen(): { readonly middle: Point; readonly zoom: number } {
    const frame = this.#frame;
    const share = (at: number, size: number, whole: number): number =>
      whole > 0 ? ((at + size / 2) / whole) * 100 : 50; // before the picture has come
    const middle: Point = frame
      ? [
          share(frame.scrollLeft, frame.clientWidth, frame.scrollWidth),
          share(frame.scrollTop, frame.clientHeight, frame.scrollHeight),
        ]
      : [50, 50];
    return { middle, zoom: this.#zoom };
  }

  #onLoad = (event: Event): void => {
    const { naturalWidth: width, naturalHeight: height } = event.target as HTMLImageElement;
    if (width > 0 && height > 0 && !(Number(this.#given.width) > 0)) this.#size = { width, height };
  };

  #onError = (): void => {
    this.#failed = true;
    this.requestUpdate();
  };

  #setZoom(zoom: number): void {
    this.#zoom = zoom;
    this.context.announce(t("page.zoom", { n: Math.round(zoom * 100) }));
    this.requestUpdate();
  }

  #commands(): readonly Command[] {
    const marks = this.asked && !this.context.readOnly;
    return [
      ...(marks ? [cornerCommand("area.corner.next", 1), cornerCommand("area.corner.previous", -1)] : []),
      pressing("page.again"),
      command("page.larger", () => this.#setZoom(zoomed(this.#zoom, 1))),
      command("page.smaller", () => this.#setZoom(zoomed(this.#zoom, -1))),
      command("page.fit", () => this.#setZoom(1)),
    ];
  }
}
