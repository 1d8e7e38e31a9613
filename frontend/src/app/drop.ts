/** <div class="file-drop" data-file-drop>: drop a file anywhere on it; [data-chosen] names the chosen file. */
export function enableFileDrops(root: ParentNode): void {
  for (const zone of root.querySelectorAll<HTMLElement>("[data-file-drop]")) enable(zone);
}

function enable(zone: HTMLElement): void {
  const input = zone.querySelector<HTMLInputElement>("input[type=file]");
  if (!input) return;
  const over = (yes: boolean) => zone.classList.toggle("is-over", yes);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  zone.addEventListener("dragleave", () => over(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    const name = zone.querySelector("[data-chosen]");
    const file = input.files?.[0];
    if (name) name.textContent = file ? `${file.name} (${size(file.size)})` : "";
  });
}

function size(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let power = 0;
  let value = bytes;
  while (value >= 1000 && power < units.length - 1) {
    value /= 1000;
    power += 1;
  }
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: units[power],
    unitDisplay: "short",
    maximumFractionDigits: 1,
  }).format(value);
}
