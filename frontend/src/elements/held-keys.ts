/** Keys that can be given later to what they were meant for. */
const KEPT: ReadonlySet<string> = new Set([
  "Enter",
  "Escape",
  "Backspace",
  "ArrowDown",
  "ArrowUp",
  "PageDown",
  "PageUp",
]);

let held: string[] | null = null;

function isText(key: string): boolean {
  return [...key].length === 1;
}

/** The browser keeps its own chords; no command of the page below hears a key. */
function hold(event: KeyboardEvent): void {
  if (!held || !event.isTrusted) return;
  event.stopImmediatePropagation();
  const chord = event.metaKey || (!event.getModifierState("AltGraph") && (event.ctrlKey || event.altKey));
  if (chord || event.isComposing || !(isText(event.key) || KEPT.has(event.key))) return;
  event.preventDefault();
  held.push(event.key);
}

function edit(field: HTMLInputElement | HTMLTextAreaElement, key: string): void {
  const end = field.selectionEnd ?? field.value.length;
  const start = field.selectionStart ?? end;
  if (isText(key)) field.setRangeText(key, start, end, "end");
  else if (key === "Backspace")
    field.setRangeText("", start < end ? start : Math.max(0, start - 1), end, "end");
  else return;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** A turn of the page, in which what a key changed is drawn. */
function turn(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done);
  });
}

function give(key: string): void {
  const at = document.activeElement;
  if (!at?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))) return;
  if (key === "Escape") at.closest("dialog")?.close();
  else if (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement) edit(at, key);
}

/**
 * Opens what somebody has asked for by a key. Its code may still be on its way: what is typed until it has the focus is
 * meant for it, and no key of the page below. Where it does not come, those keys do nothing.
 */
export async function holdingKeys(open: () => Promise<void>): Promise<void> {
  if (held) return open();
  const keys: string[] = [];
  held = keys;
  const before = document.activeElement;
  window.addEventListener("keydown", hold, { capture: true });
  try {
    await open();
    if (keys.length > 0) await turn();
    for (let key = keys.shift(); key !== undefined && document.activeElement !== before; key = keys.shift()) {
      give(key);
      await turn();
    }
  } finally {
    window.removeEventListener("keydown", hold, { capture: true });
    held = null;
  }
}
