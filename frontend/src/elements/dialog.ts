import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../i18n";
import { AssayElement } from "./base";
import { holdingKeys } from "./held-keys";
import { needPacks, type Pack } from "./packs";
import { keys } from "./parts";

/** An element that holds one native modal dialog: it keeps the focus inside, and gives it back when it closes. */
export abstract class DialogElement extends AssayElement {
  #opener: Element | null = null;
  /** What is in a dialog is drawn while it is open. */
  protected readonly isOpen = signal(false);

  protected get dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  async open(): Promise<void> {
    this.isOpen.value = true;
    await this.updateComplete;
    if (!this.dialog || this.dialog.open) return;
    if (document.activeElement !== document.body) this.#opener = document.activeElement;
    this.dialog.addEventListener("close", this.#closed);
    this.dialog.showModal();
  }

  close(): void {
    this.dialog?.close();
  }

  /**
   * Browsers give the focus back to most, but not to a text that a script has drawn anew. They tell of closing in a
   * task of its own: a dialog that somebody has opened again by then stays as it is.
   */
  #closed = (): void => {
    if (this.dialog?.open) return;
    const opener = this.#opener;
    this.#opener = null;
    this.isOpen.value = false;
    if (opener instanceof HTMLElement && opener.isConnected && document.activeElement === document.body)
      opener.focus({ preventScroll: true });
  };
}

/** The button that closes a dialog, with the key by which every dialog closes. */
export function closeButton(
  close: () => void,
  { words = t("dialog.close"), primary = false } = {},
): TemplateResult {
  return html`<button type="button" class="button ${primary ? "primary" : nothing}" aria-keyshortcuts="Escape" @click=${close}>${words}${keys("escape")}</button>`;
}

/** Opens a dialog of a desk, once its element is here. */
export async function openDialog(host: HTMLElement, name: string, pack: Pack = "aside"): Promise<void> {
  if (!customElements.get(name) && !(await needPacks([pack]))) return;
  await host.querySelector<DialogElement>(name)?.open();
}

/** The same for a dialog that somebody asks for: what is typed until it is open is for the dialog. */
export function openAskedDialog(host: HTMLElement, name: string): Promise<void> {
  return holdingKeys(() => openDialog(host, name));
}
