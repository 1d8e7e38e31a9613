/** <div class="file-drop" data-file-drop>: drop files anywhere on it; [data-chosen] names the chosen ones. */
export function enableFileDrops(root: ParentNode): void {
  for (const zone of root.querySelectorAll<HTMLElement>("[data-file-drop]")) enable(zone);
}

const NAMED = 3;

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
    if (name) name.textContent = named([...(input.files ?? [])]);
  });
}

/** The first names, how many more, and the size of all. */
function named(files: readonly File[]): string {
  if (files.length === 0) return "";
  const names = files.slice(0, NAMED).map((file) => file.name);
  const more = files.length > NAMED ? ` + ${files.length - NAMED}` : "";
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  return `${names.join(", ")}${more} (${size(bytes)})`;
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
