import { html, nothing, svg, type TemplateResult } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";
import { keyCaps } from "../core/keymap";

export const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A chord as key caps; hidden from screen readers, which get it from aria-keyshortcuts. */
export function keys(chord: string | undefined): TemplateResult | typeof nothing {
  if (!chord) return nothing;
  return html`<span class="keys" aria-hidden="true">${keyCaps(chord, APPLE).map((cap) => html`<kbd>${cap}</kbd>`)}</span>`;
}

const SPOKEN: Readonly<Record<string, string>> = {
  arrowleft: "ArrowLeft",
  arrowright: "ArrowRight",
  arrowup: "ArrowUp",
  arrowdown: "ArrowDown",
  pageup: "PageUp",
  pagedown: "PageDown",
  "+": "Plus",
};

/** A chord in the form of aria-keyshortcuts. */
export function shortcut(chord: string | undefined): string | typeof nothing {
  if (!chord) return nothing;
  const names: Record<string, string> = { ...SPOKEN, ctrl: APPLE ? "Meta" : "Control" };
  return chord
    .split(/\+(?!$)/)
    .map((part) => names[part] ?? part.charAt(0).toUpperCase() + part.slice(1))
    .join("+");
}

const ICONS = {
  undo: "M7 5 3.5 8.5 7 12M4 8.5h7.5a4 4 0 0 1 0 8H9",
  redo: "M13 5l3.5 3.5L13 12M16 8.5H8.5a4 4 0 0 0 0 8H11",
  book: "M10 5.5C8.5 4.3 6.5 4 3.5 4v11.5c3 0 5 .3 6.5 1.5 1.5-1.2 3.5-1.5 6.5-1.5V4c-3 0-5 .3-6.5 1.5zm0 0V17",
  keyboard: "M3 6h14v9H3zM6 9h.01M9 9h.01M12 9h.01M15 9h-.01M7 12h6",
  check: "M4.5 10.5 8.5 14.5 15.5 6",
  chevron: "M7.5 5l5 5-5 5",
  grip: "M7.5 5.5v.01M12.5 5.5v.01M7.5 10v.01M12.5 10v.01M7.5 14.5v.01M12.5 14.5v.01",
  clock: "M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM10 6.5V10l2.5 1.5",
  plus: "M10 4.5v11M4.5 10h11",
  minus: "M4.5 10h11",
  close: "M5.5 5.5l9 9m0-9l-9 9",
  down: "M5.5 8l4.5 4.5L14.5 8",
  inbox: "M3 11.5 5.5 4h9l2.5 7.5v5H3zM3 11.5h4l1 2h4l1-2h4",
  search: "M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM12.7 12.7 16.5 16.5",
  up: "M5 12.5l5-5 5 5",
  above: "M5.5 12 10 7.5l4.5 4.5",
  below: "M5.5 8l4.5 4.5L14.5 8",
  warn: "M10 3.5 17.5 16.5h-15zM10 8.5v4M10 14.5v.01",
} as const;

/** A drawn sign; never the only one, so hidden from screen readers. */
export function icon(name: keyof typeof ICONS): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${svg`<path d=${ICONS[name]}></path>`}</svg>`;
}

/** Sets --label by script: a style attribute is forbidden by the Content-Security-Policy. */
class Tint extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError("tint stands in an element's tag");
  }

  override render(_colour: string): unknown {
    return nothing;
  }

  override update(part: ElementPart, [colour]: [string]): unknown {
    (part.element as HTMLElement).style.setProperty("--label", colour);
    return nothing;
  }
}

export const tint = directive(Tint);
