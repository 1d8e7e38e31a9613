import { noChange } from "lit";
import { Directive, directive, type PropertyPart } from "lit/directive.js";
import { setCommittedValue } from "lit/directive-helpers.js";

/** Fields in which an input method is at work. */
const composing = new WeakSet<Element>();

document.addEventListener("compositionstart", ({ target }) => composing.add(target as Element), true);
document.addEventListener("compositionend", ({ target }) => composing.delete(target as Element), true);

class Typed extends Directive {
  override render(text: string): unknown {
    return text;
  }

  override update(part: PropertyPart, [text]: [string]): unknown {
    const box = part.element as HTMLInputElement | HTMLTextAreaElement;
    if (composing.has(box) || box.value === text) return noChange;
    setCommittedValue(part); // what stands there may have been typed since it was drawn
    return text;
  }
}

/**
 * The `.value` of a field that people type into: drawn where it says something else, but never while an input method
 * composes, whatever else is drawn anew then: that would end the composition, and its words would be lost.
 */
export const typedText = directive(Typed);
