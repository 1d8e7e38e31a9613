import { AssayElement } from "./base";
import { loadPacks } from "./packs";

/** An element that holds one native modal dialog: it keeps the focus inside, and gives it back when it closes. */
export abstract class DialogElement extends AssayElement {
  #opener: Element | null = null;

  protected get dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  async open(): Promise<void> {
    await this.updateComplete;
    if (!this.dialog || this.dialog.open) return;
    this.#opener = document.activeElement;
    this.dialog.addEventListener("close", this.#giveBack, { once: true });
    this.dialog.showModal();
  }

  close(): void {
    this.dialog?.close();
  }

  /** Browsers give the focus back to most, but not to a text that a script has drawn anew. */
  #giveBack = (): void => {
    const opener = this.#opener;
    this.#opener = null;
    if (opener instanceof HTMLElement && opener.isConnected && document.activeElement === document.body)
      opener.focus({ preventScroll: true });
  };
}

/** Opens a dialog of a desk, once its element is here. */
export async function openDialog(host: HTMLElement, name: string): Promise<void> {
  if (!customElements.get(name)) await loadPacks(["aside"]);
  await customElements.whenDefined(name);
  await host.querySelector<DialogElement>(name)?.open();
}
