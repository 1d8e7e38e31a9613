/** The API as a page calls it: where it is, and what proves that the page is ours. */

/** Where the API is: as the page's element says, else where every Assay has it. */
export function apiBase(): string {
  return document.querySelector<HTMLElement>("[data-api]")?.dataset.api ?? "/api/v1/";
}

/** The CSRF token: the cookie's, which is new after every sign-in, else the page's. */
export function token(): string {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return cookie ?? document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

/** Small things that a page keeps for its reader. @returns whether the server took it. */
export async function sendToApi(method: "PUT" | "POST", path: string, body: unknown): Promise<boolean> {
  try {
    const answer = await fetch(apiBase() + path, {
      method,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(body),
      credentials: "same-origin",
      keepalive: true,
    });
    return answer.ok;
  } catch {
    return false;
  }
}
