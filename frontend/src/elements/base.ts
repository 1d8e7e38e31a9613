import { effect } from "@preact/signals-core";
import { LitElement } from "lit";

/** A custom element in light DOM that draws again when a signal it has read changes. */
export abstract class AssayElement extends LitElement {
  #stop: (() => void) | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override performUpdate(): void {
    if (!this.isUpdatePending) return;
    this.#stop?.();
    let drawing = true;
    this.#stop = effect(() => {
      if (drawing) {
        drawing = false;
        super.performUpdate();
      } else {
        this.requestUpdate();
      }
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Back in the page after a move: listen to the signals again.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = undefined;
  }
}

let ids = 0;

/** An id that no other element of the page has. */
export function uniqueId(): string {
  ids += 1;
  return `assay-${ids}`;
}

/** After a control has gone, or is hidden, with the focus on it: the heading of what lies on the desk gets it, once all is drawn. */
export async function focusIfLost(near: HTMLElement): Promise<void> {
  await new Promise(requestAnimationFrame);
  const now = document.activeElement;
  if (now && now !== document.body && now.checkVisibility()) return;
  const desk = near.closest("assay-workspace, assay-adjudication") ?? document;
  desk.querySelector<HTMLElement>("h1[tabindex]")?.focus({ preventScroll: true });
}
