/** A form with data-confirm asks first. The dialog itself is in the page: <dialog id="confirm">. */
export function askBeforeSubmit(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const dialog = document.getElementById("confirm");
    if (!(form instanceof HTMLFormElement) || !(dialog instanceof HTMLDialogElement)) return;
    const question = form.dataset.confirm;
    if (!question) return;
    event.preventDefault();
    const submitter = event.submitter;
    const text = dialog.querySelector("[data-question]");
    const yes = dialog.querySelector<HTMLButtonElement>("button[value=yes]");
    if (text) text.textContent = question;
    if (yes) yes.textContent = submitter?.textContent?.trim() || yes.textContent;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => dialog.returnValue === "yes" && send(form, submitter), {
      once: true,
    });
    dialog.showModal();
  });
}

function send(form: HTMLFormElement, submitter: HTMLElement | null): void {
  delete form.dataset.confirm;
  form.requestSubmit(submitter);
}
