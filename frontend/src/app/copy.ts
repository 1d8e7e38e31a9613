/** <button data-copy="field id" data-copied="Copied"> copies the field's value and says so. */
export function enableCopyButtons(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
    const field = button ? document.getElementById(button.dataset.copy ?? "") : null;
    if (!button || !field) return;
    const text = field instanceof HTMLInputElement ? field.value : (field.textContent ?? "");
    void copy(text, field).then(() => toast(button.dataset.copied ?? ""));
  });
}

async function copy(text: string, field: HTMLElement): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without https the clipboard is closed: select the text, so that one key copies it.
  if (field instanceof HTMLInputElement) field.select();
}

function toast(text: string): void {
  if (!text) return;
  const note = document.createElement("div");
  note.className = "toast";
  note.setAttribute("role", "status");
  note.textContent = text;
  document.body.append(note);
  setTimeout(() => note.remove(), 2500);
}
