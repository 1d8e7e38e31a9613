/** A fragment that is drawn anew keeps what the reader has opened, and where the keyboard is. */
export function keepPlaceInFragments(): void {
  let open: string[] = [];
  let place: string | null = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.target;
    if (!(target instanceof Element) || !target.matches("[data-poll]")) return;
    open = [...target.querySelectorAll<HTMLDetailsElement>("details[id][open]")].map((one) => one.id);
    const focused = document.activeElement;
    place = focused && target.contains(focused) ? path(focused, target) : null;
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    const found = place ? document.querySelector<HTMLElement | SVGElement>(place) : null;
    if (found) found.focus({ preventScroll: true });
    open = [];
    place = null;
  });
}

/** By its place in the nearest element with an id, which stays the same while figures change. */
function path(focused: Element, within: Element): string | null {
  if (focused.id) return `#${CSS.escape(focused.id)}`;
  const named = focused.closest("[id]");
  if (!named || !within.contains(named)) return null;
  const steps: string[] = [];
  for (let at: Element = focused; at !== named && at.parentElement; at = at.parentElement)
    steps.unshift(`:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`);
  return [`#${CSS.escape(named.id)}`, ...steps].join(" > ");
}
