/** On a narrow screen the tabs scroll: the current one is brought into view. */
export function showCurrentTab(root: ParentNode): void {
  for (const tab of root.querySelectorAll<HTMLElement>(".tabs a[aria-current]")) {
    const bar = tab.parentElement;
    if (bar) bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
  }
}
