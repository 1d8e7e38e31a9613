import { type Block, blocks, directionAt, paragraphAt } from "../core/document";
import type { Turn } from "../core/field-text";
import type { Range } from "../core/segments";
import { turnAt } from "../core/units";
import { BlockRanges } from "./block-ranges";
import { MarkPainter } from "./marks";
import { pick } from "./pick";
import { PositionMap } from "./positions";
import type { Slice, SpanView, ViewParts } from "./span-view";

/** The words and the side of a turn's speaker. */
export interface Speaker {
  readonly name: string;
  /** 0 to 5: a colour, beside the name that says the same; null for none. */
  readonly tone: number | null;
  readonly side: "start" | "end";
}

export interface TurnWords {
  readonly speaker: (turn: Turn) => Speaker;
  /** The name of the control that selects a turn; null where nothing is marked. */
  readonly select: ((n: number) => string) | null;
}

interface Drawn {
  readonly element: HTMLElement;
  /** Labels of the whole turn. */
  readonly chips: HTMLElement;
  /** Answers about the turn: whoever has them fills it. */
  readonly foot: HTMLElement;
}

/** A dialogue: each turn with its speaker; a mark on a whole turn is a chip in its head, others are in its text. */
export class TurnView<R extends Range> implements SpanView<R> {
  readonly root: HTMLElement;
  readonly #positions = new PositionMap();
  readonly #blocks: readonly Block[];
  readonly #elements: HTMLElement[] = [];
  readonly #drawn: readonly Drawn[];
  readonly #painter: MarkPainter<R>;
  #attached = false;
  readonly #ranges: BlockRanges<R>;

  constructor(
    readonly text: string,
    readonly turns: readonly Turn[],
    private readonly words: TurnWords,
    private readonly parts: ViewParts<R>,
  ) {
    this.root = parts.root;
    this.#blocks = blocks(text);
    this.#painter = new MarkPainter(text, this.#positions, parts.look);
    this.#ranges = new BlockRanges(this.#blocks, (at) => this.#paint(at));
    this.#drawn = turns.map((turn, index) => this.#turn(turn, index));
    this.root.classList.add("is-turns");
    this.#positions.set(this.root, 0, text.length);
    for (let at = 0; at < this.#elements.length; at++) this.#paint(at);
  }

  /** Where answers about a turn are shown. */
  footOf(turn: number): HTMLElement | null {
    return this.#drawn[turn]?.foot ?? null;
  }

  /** Shows that a turn is looked at, where turns are asked about and nothing marks them. */
  select(turn: number, selected: boolean): void {
    this.#drawn[turn]?.element.classList.toggle("is-selected", selected);
  }

  paint(ranges: readonly R[], same: (a: R, b: R) => boolean = Object.is): void {
    this.#ranges.replace(ranges, same);
    // All is painted before it comes into the page: a change there makes the browser look at its style sheets.
    if (!this.#attached) this.root.replaceChildren(...this.#drawn.map((one) => one.element));
    this.#attached = true;
  }

  change(gone: readonly R[], added: readonly R[]): void {
    this.#ranges.change(gone, added);
  }

  refresh(range: R): void {
    for (const at of this.#ranges.touchedBy(range)) {
      const element = this.#elements[at];
      if (element) this.#painter.refresh(element, range);
    }
    for (let at = turnAt(this.turns, range.start); (this.turns[at]?.start ?? range.end) < range.end; at++)
      this.#label(at);
  }

  elementAt(offset: number): HTMLElement {
    return this.#elements[paragraphAt(this.#blocks, offset)] ?? this.root;
  }

  placeOf(offset: number): { readonly node: Node; readonly offset: number } {
    const block = this.#blocks[paragraphAt(this.#blocks, offset)];
    return this.#positions.placeOf(this.elementAt(offset), Math.min(offset, block?.end ?? 0));
  }

  offsetOf(node: Node, offset: number): number | null {
    return this.root.contains(node) ? this.#positions.offsetOf(node, offset) : null;
  }

  near(): readonly Slice[] {
    return [{ start: 0, end: this.text.length }];
  }

  dispose(): void {}

  #turn(turn: Turn, index: number): Drawn {
    const speaker = this.words.speaker(turn);
    const element = made("div", `turn tone-${speaker.tone ?? "none"} at-${speaker.side}`);
    const head = made("div", "turn-head");
    const chips = made("span", "turn-chips");
    const foot = made("div", "turn-foot");
    head.append(this.#number(index), made("span", "turn-name", speaker.name), chips);
    const body = made("div", "turn-body");
    this.#positions.set(element, turn.start, turn.end);
    this.#positions.set(body, turn.start, turn.end);
    const last = this.turns[index + 1]?.start ?? this.text.length + 1;
    for (let at = this.#elements.length; (this.#blocks[at]?.start ?? last) < last; at++) {
      const line = made("p", this.#blocks[at]?.continues ? "continues" : "");
      line.dir = directionAt(this.text, this.#blocks, at);
      this.#elements.push(line);
      body.append(line);
    }
    element.append(head, body, foot);
    return { element, chips, foot };
  }

  /** The turn's number; where turns can be marked, a button that selects the turn. */
  #number(index: number): HTMLElement {
    const name = this.words.select?.(index + 1);
    if (name === undefined) return made("span", "turn-number", String(index + 1));
    const button = pickButton("turn-number turn-select", String(index + 1), name);
    button.addEventListener("click", () => {
      const turn = this.turns[index];
      if (turn) pick(this.root, { start: turn.start, end: turn.end });
    });
    return button;
  }

  #paint(at: number): void {
    const element = this.#elements[at];
    const block = this.#blocks[at];
    if (!element || !block) return;
    const turn = turnAt(this.turns, block.start);
    const inside = this.#ranges.at(at).filter((range) => !this.#covers(range, turn));
    this.#painter.fill(element, block, inside);
    // Once a turn: with its first line.
    if (this.turns[turn]?.start === block.start) this.#label(turn);
  }

  #covers(range: R, turn: number): boolean {
    const { start, end } = this.turns[turn] ?? { start: 0, end: 0 };
    return start < end && range.start <= start && range.end >= end;
  }

  /** The chips of the marks that cover a turn. */
  #label(turn: number): void {
    const drawn = this.#drawn?.[turn];
    const start = this.turns[turn]?.start;
    if (!drawn || start === undefined) return;
    const whole = this.#ranges.at(paragraphAt(this.#blocks, start)).filter((one) => this.#covers(one, turn));
    const looks = whole.map((range) => ({ range, look: this.parts.look(range) }));
    drawn.element.classList.toggle("is-marked", looks.length > 0);
    drawn.element.classList.toggle(
      "is-selected",
      looks.some(({ look }) => look.selected),
    );
    const colour = looks[0]?.look.colour;
    if (colour) drawn.element.style.setProperty("--label", colour);
    drawn.chips.replaceChildren(
      ...looks.map(({ range, look }) => {
        const chip = pickButton("chip turn-chip", look.chip, look.chip);
        chip.style.setProperty("--label", look.colour);
        chip.classList.toggle("is-selected", look.selected);
        chip.classList.toggle("differs", look.differs);
        chip.classList.toggle("is-suggested", look.suggested === true);
        chip.addEventListener("click", () => pick(this.root, { span: range.id }));
        return chip;
      }),
    );
  }
}

function made(tag: string, name: string, words = ""): HTMLElement {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = words;
  return element;
}

/** A button for the mouse and for touch: keys do the same from the text, so Tab passes it by. */
function pickButton(name: string, words: string, label: string): HTMLElement {
  const button = made("button", name, words);
  button.setAttribute("type", "button");
  button.setAttribute("aria-label", label);
  button.tabIndex = -1;
  return button;
}
