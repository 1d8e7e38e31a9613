import { html, nothing, type PropertyValues, svg, type TemplateResult } from "lit";
import { areasOn, drawsPolygons, type Point, type Shape, shapeOf } from "../../core/areas";
import { command } from "../../core/command-list";
import type { Command } from "../../core/commands";
import type { Field } from "../../core/contracts";
import { labelColour } from "../../core/palette";
import type { BoxRegion } from "../../core/regions";
import { pagesIn } from "../../core/units";
import { zoomed } from "../../core/zoom";
import { t } from "../../i18n";
import { AssayElement, uniqueId } from "../base";
import { shortcutOf, tip } from "../command-parts";
import { type AnswerContext, findLabel } from "../context";
import { addCommands } from "../keyboard";
import { icon, tint } from "../parts";
import { cornersOf, type Drag, dragged, finish } from "./area-drag";
import { AreaHand } from "./area-hand";
import { areaLine } from "./area-words";
import { assetAddress, pageSource } from "./page-source";
import { placed } from "./placed";

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
  #drag: Drag | null = null;
  /** What the pointer or keys would make. */
  #preview: Shape | null = null;
  #hand!: AreaHand;
  #failed = false;
  #size = { width: 1000, height: 750 };
  #stop: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = addCommands(() => this.#commands());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
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
    if (!address || this.#failed) return html`<p class="notice warn" role="alert">${t("area.broken")}</p>`;
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
          @pointerdown=${this.#onDown}
          @pointermove=${this.#onMove}
          @pointerup=${this.#onUp}
          @pointercancel=${this.#onCancel}
          @dblclick=${() => this.#closePolygon()}
        >
          <img src=${address} alt=${this.#name} draggable="false" @load=${this.#onLoad} @error=${this.#onError} />
          <svg class="areas" viewBox="0 0 ${this.#size.width} ${this.#size.height}" preserveAspectRatio="none" aria-hidden="true">
            ${areas.map((area) => this.#outline(area, area === selected))}
            ${offered.map((area) => this.#outline(area, area.id === desk.selected.value, true))} ${this.#unfinished()}
          </svg>
          ${areas.map((area) => this.#chip(area, area === selected))}
          ${offered.map((area) => this.#chip(area, area.id === desk.selected.value, true))}
          ${selected && !readOnly && !inHand ? this.#handles(selected) : nothing}
        </div>
      </div>
      ${this.asked ? html`<p class="visually-hidden" id=${this.#id}>${t("area.keyboard")}</p>` : nothing} ${this.#bar()}
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
  }

  #points(shape: Omit<Shape, "rotation">): string {
    const { width, height } = this.#size;
    return cornersOf(shape)
      .map(([x, y]) => `${(x * width) / 100},${(y * height) / 100}`)
      .join(" ");
  }

  #outline(area: BoxRegion, selected: boolean, offered = false): TemplateResult {
    const { label, index } = findLabel(this.context.store.question(area.question), area.label);
    const shape =
      this.#drag && "area" in this.#drag && this.#drag.area.id === area.id ? (this.#preview ?? area) : area;
    const { width, height } = this.#size;
    // A box is turned about its upper left corner, as it is stored.
    const turn = area.rotation
      ? `rotate(${area.rotation} ${(shape.x * width) / 100} ${(shape.y * height) / 100})`
      : nothing;
    return svg`<polygon class="area ${selected ? "is-selected" : ""} ${offered ? "is-suggested" : ""}" data-area=${area.id} points=${this.#points(shape)} transform=${turn} ${tint(labelColour(label, index))}></polygon>`;
  }

  /** What is being drawn. */
  #unfinished(): TemplateResult | typeof nothing {
    const { width, height } = this.#size;
    const active = this.#hand.sketch?.label ?? (this.#drag?.kind === "draw" ? this.#drag.label : null);
    if (!active) return nothing;
    const { label, index } = findLabel(this.context.store.question(active.question), active.label);
    const colour = labelColour(label, index);
    const sketch = this.#hand.sketch?.sketch;
    if (sketch?.kind === "polygon") {
      const at = (points: readonly Point[]): string =>
        points.map(([x, y]) => `${(x * width) / 100},${(y * height) / 100}`).join(" ");
      const [x, y] = [(sketch.at[0] * width) / 100, (sketch.at[1] * height) / 100];
      const [rx, ry] = [width / 60, width / 60];
      return svg`<g ${tint(colour)}>
        <polyline class="area is-open" points=${at([...sketch.points, sketch.at])}></polyline>
        <path class="area-cross" d="M${x - rx} ${y}H${x + rx}M${x} ${y - ry}V${y + ry}"></path>
      </g>`;
    }
    const shape = sketch ? shapeOf(sketch) : this.#preview;
    return shape
      ? svg`<polygon class="area is-open" points=${this.#points(shape)} ${tint(colour)}></polygon>`
      : nothing;
  }

  #chip(area: BoxRegion, selected: boolean, offered = false): TemplateResult | typeof nothing {
    const { label, index } = findLabel(this.context.store.question(area.question), area.label);
    if (!area.label) return nothing;
    return html`<span class="chip area-chip ${selected ? "is-selected" : ""} ${offered ? "is-suggested" : ""}" data-area=${area.id} ${tint(labelColour(label, index))} ${placed(area.x, area.y)}>${label.text}</span>`;
  }

  #handles(area: BoxRegion): readonly TemplateResult[] {
    const moved = this.#drag && "area" in this.#drag ? (this.#preview ?? area) : area;
    if (area.rotation) return [];
    return cornersOf(moved).map(
      ([x, y], at) => html`<span class="area-handle" data-corner=${at} ${placed(x, y)}></span>`,
    );
  }

  #bar(): TemplateResult {
    const button = (id: "page.smaller" | "page.larger", sign: "minus" | "plus", by: -1 | 1): TemplateResult =>
      html`<button type="button" class="icon-button" title=${tip(t(id), id)} aria-label=${t(id)} aria-keyshortcuts=${shortcutOf(id)} ?disabled=${zoomed(this.#zoom, by) === this.#zoom} @click=${() => this.#setZoom(zoomed(this.#zoom, by))}>${icon(sign)}</button>`;
    return html`<div class="page-bar" role="group" aria-label=${t("area.bar")}>
      ${button("page.smaller", "minus", -1)}
      <button type="button" class="page-fit" title=${tip(t("page.fit"), "page.fit")} aria-label=${t("page.fit")} @click=${() => this.#setZoom(1)}>${Math.round(this.#zoom * 100)} %</button>
      ${button("page.larger", "plus", 1)}
      ${
        this.#hand.sketch?.sketch.kind === "polygon"
          ? html`<button type="button" class="page-plain" @click=${() => this.#closePolygon()}>${t("area.close")}</button>`
          : nothing
      }
    </div>`;
  }

  #pointOf(event: PointerEvent | MouseEvent): Point {
    const box = this.#stage?.getBoundingClientRect();
    if (!box || box.width === 0 || box.height === 0) return [0, 0];
    return [((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100];
  }

  #areaAt(event: PointerEvent): BoxRegion | null {
    const id =
      event.target instanceof Element ? event.target.closest<HTMLElement>("[data-area]")?.dataset.area : null;
    const { store, desk } = this.context;
    const region = id ? (store.region(id) ?? desk.suggestions.open(id)?.region) : null;
    return region?.kind === "boxes" ? region : null;
  }

  #onDown = (event: PointerEvent): void => {
    if (!this.asked || !event.isPrimary || event.button !== 0) return;
    const { desk, readOnly } = this.context;
    const active = readOnly ? null : this.#hand.inHand();
    const corner = event.target instanceof Element ? event.target.closest<HTMLElement>(".area-handle") : null;
    const selected = desk.selected.peek();
    const region = selected ? this.context.store.region(selected) : null;
    this.focusText();
    if (corner && region?.kind === "boxes")
      this.#drag = { kind: "corner", area: region, corner: Number(corner.dataset.corner) };
    else if (active && drawsPolygons(this.context.store.question(active.question))) {
      const at = this.#pointOf(event);
      this.#hand.addCorner(at, active, (first) => this.#touches(at, first));
      this.requestUpdate();
    } else if (active) this.#drag = { kind: "draw", from: this.#pointOf(event), label: active };
    else this.#grab(event);
    if (!this.#drag) return;
    event.preventDefault();
    this.#stage?.setPointerCapture(event.pointerId);
  };

  #grab(event: PointerEvent): void {
    const { desk, readOnly, announce, store } = this.context;
    const area = this.#areaAt(event);
    desk.selected.value = area?.id ?? null;
    if (area) announce(areaLine(store, area));
    const offered = area !== null && desk.suggestions.open(area.id) !== null;
    if (area && !readOnly && !area.rotation && !offered)
      this.#drag = { kind: "move", from: this.#pointOf(event), area };
    else if (event.pointerType === "mouse") this.#drag = { kind: "pan", x: event.clientX, y: event.clientY };
  }

  #onMove = (event: PointerEvent): void => {
    if (!this.#drag) return;
    if (this.#drag.kind === "pan") {
      this.querySelector(".image-scroll")?.scrollBy(
        this.#drag.x - event.clientX,
        this.#drag.y - event.clientY,
      );
      this.#drag = { kind: "pan", x: event.clientX, y: event.clientY };
      return;
    }
    this.#preview = dragged(this.#drag, this.#pointOf(event));
    this.requestUpdate();
  };

  #onUp = (event: PointerEvent): void => {
    const drag = this.#drag;
    this.#drag = null;
    this.#preview = null;
    if (!drag) return;
    const to = this.#pointOf(event);
    if (drag.kind === "draw") this.#hand.keep(dragged(drag, to), drag.label);
    else finish(this.context.store, drag, to);
    this.requestUpdate();
  };

  #onCancel = (): void => {
    this.#drag = null;
    this.#preview = null;
    this.requestUpdate();
  };

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
    const frame = this.querySelector<HTMLElement>(".image-scroll");
    const share = (at: number, size: number, whole: number): number =>
      ((at + size / 2) / Math.max(1, whole)) * 100;
    const middle: Point = frame
      ? [
          share(frame.scrollLeft, frame.clientWidth, frame.scrollWidth),
          share(frame.scrollTop, frame.clientHeight, frame.scrollHeight),
        ]
      : [50, 50];
    return { middle, zoom: this.#zoom };
  }

  /** Whether a corner is so near that a click on it means it. */
  #touches(at: Point, corner: Point): boolean {
    const box = this.#stage?.getBoundingClientRect();
    if (!box) return false;
    return Math.hypot(((corner[0] - at[0]) * box.width) / 100, ((corner[1] - at[1]) * box.height) / 100) < 12;
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
    return [
      command("page.larger", () => this.#setZoom(zoomed(this.#zoom, 1))),
      command("page.smaller", () => this.#setZoom(zoomed(this.#zoom, -1))),
      command("page.fit", () => this.#setZoom(1)),
    ];
  }
}
