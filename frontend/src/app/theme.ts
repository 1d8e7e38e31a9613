/** Change the theme at once, and let the server remember it without loading the page again. */
export function enableThemeForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-theme-form]")) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const theme = body.get("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    form.closest("details")?.removeAttribute("open");
    void fetch(form.action, { method: "POST", body, redirect: "manual" });
  });
}
