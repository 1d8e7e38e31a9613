/** Fields for texts: as high as what they hold, and read when no input method is at work in them. */

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

/** Listeners of a field. */
export interface TextReader {
  readonly composing: () => void;
  readonly composed: (event: Event) => void;
  readonly read: (event: Event) => void;
}

/** The fields of one element: read at every change, but not while an input method composes: drawing would break it. */
export class Fields {
  #composing = false;

  reader(take: (text: string) => void): TextReader {
    const read = (event: Event): void => {
      if (this.#composing) return;
      const box = event.target as HTMLTextAreaElement | HTMLInputElement;
      if (box instanceof HTMLTextAreaElement) grow(box);
      take(box.value);
    };
    return {
      composing: () => {
        this.#composing = true;
      },
      composed: (event) => {
        this.#composing = false;
        read(event);
      },
      read,
    };
  }

  /** Whether a key belongs to an input method. */
  takes(event: KeyboardEvent): boolean {
    return this.#composing || composes(event);
  }
}
