/** <fieldset data-check-list>: its search field shows the boxes whose text contains every word, and those that are checked. */
export function enableCheckLists(root: ParentNode): void {
  for (const list of root.querySelectorAll<HTMLElement>("[data-check-list]")) enable(list);
}

function enable(list: HTMLElement): void {
  const search = list.querySelector<HTMLInputElement>("[data-check-search]");
  if (!search) return;
  search.hidden = false;
  search.addEventListener("input", () => show(list, words(search.value)));
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it would send the form
  });
}

function show(list: HTMLElement, wanted: string[]): void {
  let none = true;
  for (const group of list.querySelectorAll<HTMLElement>("[data-check-group]")) {
    let empty = true;
    for (const row of group.querySelectorAll<HTMLElement>("label")) {
      const text = (row.textContent ?? "").toLocaleLowerCase();
      const checked = row.querySelector("input")?.checked ?? false;
      row.hidden = !checked && !wanted.every((word) => text.includes(word));
      if (!row.hidden) empty = false;
    }
    group.hidden = empty;
    if (!empty) none = false;
  }
  const said = list.querySelector<HTMLElement>("[data-check-none]");
  if (said) said.hidden = !none;
}

function words(text: string): string[] {
  return text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
}
