/** <button data-dialog="id"> opens that <dialog>. Closing is the browser's: Escape or <form method="dialog">. */
export function enableDialogs(): void {
  document.addEventListener("click", (event) => {
    const button =
      event.target instanceof Element ? event.target.closest<HTMLElement>("[data-dialog]") : null;
    const dialog = button ? document.getElementById(button.dataset.dialog ?? "") : null;
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
  });
}
