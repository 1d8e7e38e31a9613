/** A page that nobody looks at does not poll; it asks once as soon as it is looked at again. */
export function pauseHiddenPolling(): void {
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.target instanceof Element && event.target.matches("[data-poll]"))
      event.preventDefault();
  });
}
