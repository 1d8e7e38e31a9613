/** <button data-copy="field id" data-copied="Copied"> copies the field's value and says so. */
export function enableCopyButtons(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
    const field = button ? document.getElementById(button.dataset.copy ?? "") : null;
    if (button && field instanceof HTMLInputElement) void copy(field, button.dataset.copied ?? "");
  });
}

async function copy(field: HTMLInputElement, said: string): Promise<void> {
  field.select(); // where the clipboard is closed to us, one key copies what is selected
  try {
    await navigator.clipboard.writeText(field.value);
    toast(said);
  } catch {
    field.focus();
  }
}

function toast(text: string): void {
  const note = document.createElement("div");
  note.className = "toast";
  note.setAttribute("role", "status");
  note.textContent = text;
  document.body.append(note);
  setTimeout(() => note.remove(), 2500);
}
