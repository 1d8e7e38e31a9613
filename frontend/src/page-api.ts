/** Small things that a page keeps for its reader. @returns whether the server took it. */
export async function sendToApi(method: "PUT" | "POST", path: string, body: unknown): Promise<boolean> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  try {
    const answer = await fetch(`/api/v1/${path}`, {
      method,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body),
      credentials: "same-origin",
      keepalive: true,
    });
    return answer.ok;
  } catch {
    return false;
  }
}
