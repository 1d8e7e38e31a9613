/** <time datetime data-local> is sent in UTC; show it in the reader's time zone and language, to the second if `data-local="seconds"`. */
export function showLocalTimes(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-local]")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    time.title = time.title || `${time.textContent ?? ""} UTC`;
    time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, {
      dateStyle: "medium",
      timeStyle: time.dataset.local === "seconds" ? "medium" : "short",
    }).format(moment);
    time.removeAttribute("data-local");
  }
}
