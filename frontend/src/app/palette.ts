/** Ctrl-K, or Command-K: the links of the page's frame and lists, found by their words. The editor has its own. */

interface Place {
  readonly name: string;
  readonly group: string;
  readonly href: string;
  /** What it is found by: its words, and its path, which is English. */
  readonly words: string;
}

const FRAME = ".topbar .mainnav a[href], .topbar .menu-panel > a[href], nav.tabs a[href]";
const LISTED = "main :is(h2, h3, th, td) a[href]";
const MOST = 50;

export function enablePalette(): void {
  const dialog = document.getElementById("palette");
  if (dialog instanceof HTMLDialogElement && !document.querySelector("assay-workspace, assay-adjudication"))
    new Palette(dialog).listen();
}

function placeOf(link: HTMLAnchorElement, here: string): Place {
  const name = (link.textContent ?? "").trim().replace(/\s+/g, " ");
  const group = link.closest("nav")?.getAttribute("aria-label") ?? (link.closest("main") ? here : "");
  return { name, group, href: link.href, words: fold(`${name} ${group} ${link.pathname}`) };
}

function fold(words: string): string {
  return words.normalize("NFKC").toLowerCase();
}

class Palette {
  readonly #input: HTMLInputElement | null;
  readonly #list: HTMLElement | null;
  #all: readonly Place[] = [];
  #at = 0;

  constructor(private readonly dialog: HTMLDialogElement) {
    this.#input = dialog.querySelector("input");
    this.#list = dialog.querySelector("ul");
  }

  listen(): void {
    document.addEventListener("keydown", (event) => {
      const asked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === "k";
      if (!asked || event.isComposing || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      this.#open();
    });
    this.#input?.addEventListener("input", () => this.#draw());
    this.#input?.addEventListener("keydown", (event) => this.#key(event));
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  #open(): void {
    const links = document.querySelectorAll<HTMLAnchorElement>(`${FRAME}, ${LISTED}`);
    const places = [...links].map((link) => placeOf(link, this.dialog.dataset.here ?? ""));
    this.#all = [...new Map(places.filter((one) => one.name).map((one) => [one.href, one])).values()];
    if (this.#input) this.#input.value = "";
    this.#draw();
    this.dialog.showModal();
    this.#input?.focus();
  }

  #draw(): void {
    const wanted = fold(this.#input?.value ?? "")
      .split(/\s+/)
      .filter(Boolean);
    const found = this.#all.filter((one) => wanted.every((word) => one.words.includes(word))).slice(0, MOST);
    this.#list?.replaceChildren(...found.map(row));
    const said = this.dialog.querySelector("[role=status]");
    const none = this.dialog.querySelector<HTMLElement>(".palette-none");
    if (none) none.hidden = found.length > 0;
    if (said)
      said.textContent = found.length
        ? `${this.dialog.dataset.found} ${found.length}`
        : (none?.textContent ?? "");
    this.#choose(0);
  }

  get #rows(): readonly HTMLElement[] {
    return [...(this.#list?.children ?? [])].filter((one) => one instanceof HTMLElement);
  }

  #choose(at: number): void {
    const rows = this.#rows;
    this.#at = rows.length ? (at + rows.length) % rows.length : 0;
    for (const [index, one] of rows.entries()) one.setAttribute("aria-selected", String(index === this.#at));
    const now = rows[this.#at];
    if (now) this.#input?.setAttribute("aria-activedescendant", now.id);
    else this.#input?.removeAttribute("aria-activedescendant");
    now?.scrollIntoView({ block: "nearest" });
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown") this.#choose(this.#at + 1);
    else if (event.key === "ArrowUp") this.#choose(this.#at - 1);
    else if (event.key === "Enter") this.#rows[this.#at]?.querySelector("a")?.click();
    else return;
    event.preventDefault();
  }
}

function row(place: Place, index: number): HTMLElement {
  const made = document.createElement("li");
  made.className = "palette-row";
  made.id = `palette-${index}`;
  made.setAttribute("role", "option");
  const link = document.createElement("a");
  link.className = "palette-name";
  link.href = place.href;
  link.tabIndex = -1;
  link.textContent = place.name;
  const group = document.createElement("span");
  group.className = "palette-group";
  group.textContent = place.group;
  made.append(link, group);
  return made;
}
