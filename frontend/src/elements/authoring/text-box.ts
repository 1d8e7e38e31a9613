/** A text field that is as high as its text. */

const GROWS = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

/** Gives the field the height of its text, where the style sheet cannot. */
export function grow(box: HTMLTextAreaElement): void {
  if (GROWS) return;
  box.style.setProperty("height", "auto");
  box.style.setProperty("height", `${box.scrollHeight + 2}px`);
}

/** Whether a key belongs to an input method. */
export function composes(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
