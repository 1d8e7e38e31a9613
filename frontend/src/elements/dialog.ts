import { AssayElement } from "./base";

/** An element that holds one native modal dialog. */
export abstract class DialogElement extends AssayElement {
  protected get dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  async open(): Promise<void> {
    await this.updateComplete;
    if (this.dialog && !this.dialog.open) this.dialog.showModal();
  }

  close(): void {
    this.dialog?.close();
  }
}
