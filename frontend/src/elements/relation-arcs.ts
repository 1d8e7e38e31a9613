import { html, nothing, type PropertyValues, svg, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Arc, type Box, type Column, nearest, routes } from "../core/arcs";
import type { RelationRegion, SpanRegion } from "../core/regions";
import { type Relating, relatingOf, relations } from "../core/relating";
import { AssayElement, uniqueId } from "./base";
import { type AnswerContext, labelText } from "./context";

/** A line as it is drawn: from, to, in the coordinates of the text's column. */
interface Line {
  readonly relation: RelationRegion;
  readonly from: Box;
  readonly to: Box;
  readonly label: string;
  readonly selected: boolean;
}

/** Marks of so many relations are looked for at most in one drawing. */
const MOST = 400;

/** About as wide as a label is, in pixels: a Chinese character takes two Latin ones' room. */
function widthOf(label: string): number {
  return Array.from(label).reduce((sum, one) => sum + (one > "\u2e7f" ? 12 : 6.5), label ? 8 : 0);
}

/** Relations drawn over the text as lines: only those with an end near the window. */
export class RelationArcsElement extends AssayElement {
  static override properties = { context: { attribute: false } };

  declare context: AnswerContext;
  readonly #id = uniqueId();
  #events: AbortController | null = null;
  #changes: MutationObserver | null = null;
  #sizes: ResizeObserver | null = null;
  #asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#events = new AbortController();
    const options = { signal: this.#events.signal, passive: true, capture: true };
    document.addEventListener("scroll", this.#later, options);
    window.addEventListener("resize", this.#later, options);
    const column = this.parentElement;
    if (!column) return;
    this.#sizes = new ResizeObserver(this.#later);
    this.#sizes.observe(column);
    // Parts of a text are painted when they come near the window, and again when a mark changes.
    this.#changes = new MutationObserver(this.#onPainted);
    this.#changes.observe(column, { childList: true, subtree: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#events?.abort();
    this.#changes?.disconnect();
    this.#sizes?.disconnect();
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
  }

  #onPainted = (changes: readonly MutationRecord[]): void => {
    if (changes.some((one) => !this.contains(one.target))) this.#later();
  };

  /** Once a frame, however often it is asked for, and not at all without relations. */
  #later = (): void => {
    if (this.#asked || !this.context || this.#all().length === 0) return;
    this.#asked = requestAnimationFrame(() => {
      this.#asked = 0;
      this.requestUpdate();
    });
  };

  get #relating(): Relating {
    return relatingOf(this.context.store);
  }

  #all(): readonly RelationRegion[] {
    return this.#relating.questions.flatMap((one) => relations(this.context.store, one.key));
  }

  protected override render(): TemplateResult {
    const all = this.#all();
    const drawn = this.#relating.drawn.value && all.length > 0;
    this.#relating.selected.value;
    this.context.desk.selected.value;
    if (!drawn) return html`${nothing}`;
    const lines = this.#lines(all);
    const ways = routes(
      lines.map(({ from, to, label, selected }) => ({ from, to, selected, label: widthOf(label) })),
      this.#column,
    );
    return html`<svg class="arcs" aria-hidden="true">
      ${svg`<defs>
        <marker id="${this.#id}-end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path class="arc-head" d="M0 0 8 4 0 8z"></path></marker>
      </defs>`}
      ${repeat(
        lines.map((line, at) => ({ line, way: ways[at] })),
        ({ line }) => line.relation.id,
        ({ line, way }) => (way ? this.#line(line, way) : nothing),
      )}
    </svg>`;
  }

  protected override updated(_changed: PropertyValues): void {
    // Lines of text stand further apart where relations go between them.
    this.parentElement?.toggleAttribute("data-related", this.#relating.drawn.peek());
  }

  #line({ relation, label, selected }: Line, { path, label: place }: Arc): TemplateResult {
    const end = `url(#${this.#id}-end)`;
    const { direction } = relation;
    return svg`<g class="arc ${selected ? "is-selected" : ""}">
      <path d=${path} class="arc-line"
        marker-start=${direction === "right" ? nothing : end}
        marker-end=${direction === "left" ? nothing : end}></path>
      ${place ? svg`<text class="arc-label" x=${place.x} y=${place.y}>${label}</text>` : nothing}
    </g>`;
  }

  /** Where the text stands, as drawn last. */
  #column: Column = { left: 0, right: 0, gap: 0 };

  #lines(all: readonly RelationRegion[]): readonly Line[] {
    const marks = this.#marks(new Set(all.flatMap((one) => [one.from, one.to])));
    const frame = this.getBoundingClientRect();
    this.#column = columnOf(this.parentElement, frame);
    const known = new Map<string, readonly Box[]>();
    const boxesOf = (id: string): readonly Box[] => {
      const found = known.get(id) ?? boxes(marks.get(id) ?? [], frame);
      known.set(id, found);
      return found;
    };
    const at = this.context.desk.selected.peek();
    const chosen = this.#relating.selected.peek()?.id;
    const lines: Line[] = [];
    for (const relation of all) {
      const from = boxesOf(relation.from);
      const to = boxesOf(relation.to);
      if (from.length === 0 && to.length === 0) continue;
      const question = this.context.store.question(relation.question);
      const selected = relation.id === chosen || relation.from === at || relation.to === at;
      const label = relation.labels.map((key) => labelText(question, key)).join(", ");
      const ends = nearest(
        from.length > 0 ? from : this.#beyond(relation.from, to),
        to.length > 0 ? to : this.#beyond(relation.to, from),
      );
      if (ends) lines.push({ relation, from: ends[0], to: ends[1], label, selected });
      if (lines.length >= MOST) break;
    }
    return lines;
  }

  /** An end that is far away: the edge of what is in sight, on its side. */
  #beyond(id: string, [near]: readonly Box[]): readonly Box[] {
    const region = this.context.store.region(id);
    if (!near || region?.kind !== "spans") return [];
    const frame = this.getBoundingClientRect();
    const y = (this.#isBelow(region) ? window.innerHeight + 200 : -200) - frame.top;
    return [{ left: near.left, right: near.right, top: y, bottom: y }];
  }

  /** Whether a region stands after what is in sight: told by offsets, so that nothing far away is laid out. */
  #isBelow(region: SpanRegion): boolean {
    const order = this.context.store.schema.fields.map((one) => one.name);
    const field = this.context.store.question(region.question).field;
    const seen = this.#seen.get(field);
    if (seen !== undefined) return region.start > seen;
    const [other = field] = this.#seen.keys();
    return order.indexOf(field) > order.indexOf(other);
  }

  /** The last start of a span in sight, by field. */
  #seen = new Map<string, number>();

  /** The marks of these regions that are near the window. */
  #marks(ids: ReadonlySet<string>): ReadonlyMap<string, readonly Element[]> {
    const { store } = this.context;
    const found = new Map<string, Element[]>();
    this.#seen = new Map();
    for (const part of near(this.parentElement)) {
      for (const mark of part.querySelectorAll<HTMLElement>("[data-span]")) {
        const id = mark.dataset.span ?? "";
        const region = store.region(id);
        if (region?.kind === "spans") {
          const { field } = store.question(region.question);
          this.#seen.set(field, Math.max(region.start, this.#seen.get(field) ?? 0));
        }
        if (ids.has(id)) found.set(id, [...(found.get(id) ?? []), mark]);
      }
    }
    return found;
  }
}

/** The boxes of marks, a line each, in the coordinates of a frame. */
function boxes(marks: readonly Element[], frame: DOMRect): readonly Box[] {
  return marks
    .flatMap((mark) => [...mark.getClientRects()])
    .filter((rect) => rect.width > 0)
    .map(({ left, right, top, bottom }) => ({
      left: left - frame.left,
      right: right - frame.left,
      top: top - frame.top,
      bottom: bottom - frame.top,
    }));
}

/** The parts of a text, or whole fields that have none, that are within half a window of it. */
function near(column: Element | null): readonly Element[] {
  const margin = window.innerHeight / 2;
  const parts: Element[] = [];
  for (const pane of column?.querySelectorAll(".field-pane") ?? []) {
    const all = pane.querySelectorAll(".part");
    parts.push(...(all.length > 0 ? all : [pane]));
  }
  return parts.filter((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return bottom > -margin && top < window.innerHeight + margin;
  });
}

/** Where the text near the window stands, in the coordinates of a frame, and the room between its lines. */
function columnOf(column: Element | null, frame: DOMRect): Column {
  const rects = near(column).map((part) => part.getBoundingClientRect());
  const mark = column?.querySelector("mark.span");
  const block = mark?.closest("p, .chunk");
  const height = mark?.getClientRects()[0]?.height ?? 0;
  const line = block ? Number.parseFloat(getComputedStyle(block).lineHeight) : 0;
  return {
    left: Math.min(...rects.map((one) => one.left)) - frame.left,
    right: Math.max(...rects.map((one) => one.right)) - frame.left,
    gap: Math.max(8, (line || 0) - height),
  };
}
