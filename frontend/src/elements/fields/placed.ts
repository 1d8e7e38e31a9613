import { nothing } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";

/** Puts an element at a place of its frame, in percent, by script: a style attribute is forbidden by the policy. */
class Placed extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError("placed stands in an element's tag");
  }

  override render(_left: number, _top: number): unknown {
    return nothing;
  }

  override update(part: ElementPart, [left, top]: [number, number]): unknown {
    const { style } = part.element as HTMLElement;
    style.setProperty("left", `${left}%`);
    style.setProperty("top", `${top}%`);
    return nothing;
  }
}

export const placed = directive(Placed);
