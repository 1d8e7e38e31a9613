/** In `[data-slider]` a range and a number say the same; the number is what is sent. */
export function tieSliders(root: ParentNode): void {
  for (const line of root.querySelectorAll<HTMLElement>("[data-slider]")) {
    const range = line.querySelector<HTMLInputElement>('input[type="range"]');
    const number = line.querySelector<HTMLInputElement>('input[type="number"]');
    if (!range || !number) continue;
    range.addEventListener("input", () => {
      number.value = range.value;
    });
    number.addEventListener("input", () => {
      range.value = number.value;
    });
  }
}
