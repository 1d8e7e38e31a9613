"""What is measured on a page, in its own JavaScript: what is cut off, what moves, what shows no focus."""

# The page scrolls sideways, or something ends outside of the window, or of what cuts it, and no scroller brings it in.
CUT = """() => {
  const found = [];
  const root = document.documentElement;
  const width = root.clientWidth;
  if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth} wide in a window of ${width}`);
  const told = (element) => `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} `
    + `“${(element.textContent ?? "").trim().slice(0, 40)}”`;
  const unseen = (element) => !element.checkVisibility({ visibilityProperty: true })
    || element.closest(".visually-hidden, svg, [hidden], .page-words, .caret, .skip-link, option, datalist");
  for (const element of document.body.querySelectorAll("*")) {
    if (unseen(element)) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;
    const scrolls = (axis) => {
      for (let at = element.parentElement; at; at = at.parentElement)
        if (/auto|scroll/.test(getComputedStyle(at)[axis])) return true;
      return false;
    };
    if ((box.left < -1 || box.right > width + 1) && !scrolls("overflowX"))
      found.push(`outside (${Math.round(box.left)} to ${Math.round(box.right)}): ${told(element)}`);
    const hidesX = style.overflowX === "hidden" || style.overflowX === "clip";
    const hidesY = style.overflowY === "hidden" || style.overflowY === "clip";
    if (hidesX && element.scrollWidth > element.clientWidth + 1 && style.textOverflow !== "ellipsis")
      found.push(`cut at its side: ${told(element)}`);
    if (hidesY && element.scrollHeight > element.clientHeight + 1 && style.webkitLineClamp === "none"
      && style.textOverflow !== "ellipsis") found.push(`cut below: ${told(element)}`);
  }
  return found.slice(0, 8);
}"""

# Each thing that the Tab key reaches, whether it, or what stands for it, looks another way while it has the focus.
UNMARKED = """async () => {
  const looks = (element) => {
    const one = (at) => { const s = getComputedStyle(at);
      return [s.outline, s.boxShadow, s.borderColor, s.backgroundColor].join("|"); };
    const around = [];
    for (let at = element, up = 0; at && up < 4; at = at.parentElement, up += 1) around.push(at);
    return around.map(one);
  };
  const found = [];
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']");
  for (const element of all) {
    const out = element.disabled || element.type === "hidden" || element.tabIndex < 0;
    if (out || !element.checkVisibility({ visibilityProperty: true })) continue;
    document.activeElement?.blur();
    await new Promise((done) => setTimeout(done));
    const before = looks(element);
    element.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement !== element) continue;
    const after = looks(element);
    const name = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40);
    if (before.every((look, at) => look === after[at]))
      found.push(`${element.tagName.toLowerCase()}.${element.className} “${name}”`);
  }
  return found.slice(0, 8);
}"""

# What takes longer than a glance to change, or scrolls smoothly.
MOVING = """() => [...document.querySelectorAll("*"), document.documentElement].flatMap((element) => {
  const found = [];
  for (const pseudo of [null, "::before", "::after"]) {
    const style = getComputedStyle(element, pseudo);
    const longest = (times) => Math.max(...times.split(",").map(Number.parseFloat));
    const runs = style.animationName !== "none" && longest(style.animationDuration) > 0.001;
    if (runs || longest(style.transitionDuration) > 0.001 || style.scrollBehavior === "smooth")
      found.push(`${element.tagName.toLowerCase()}.${element.className}${pseudo ?? ""}`);
  }
  return found;
}).slice(0, 8)"""

# Null, or the name of what has the focus when something lies over it, or over what stands for it. The skip link is
# not asked about.
COVERED = """() => {
  const focused = document.activeElement;
  if (!focused || focused.matches("body, .skip-link")) return null;
  const shown = focused.closest("label") ?? focused;
  const box = shown.getBoundingClientRect();
  const across = [box.left + 3, (box.left + box.right) / 2, box.right - 3];
  const down = [box.top + 3, (box.top + box.bottom) / 2, box.bottom - 3];
  const seen = across.some((x) => down.some((y) => shown.contains(document.elementFromPoint(x, y))));
  return seen ? null : `${focused.tagName} ${(focused.getAttribute("aria-label") ?? shown.textContent ?? "").trim()}`;
}"""
