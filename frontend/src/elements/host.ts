import type { Transport } from "../core/transport";
import { HttpTransport } from "../transport/http";

/** The JSON that the page brought in `<script type="application/json" id=…>`, or null. */
export function embedded<T>(id: string): T | null {
  const holder = document.getElementById(id);
  try {
    return holder?.textContent ? (JSON.parse(holder.textContent) as T) : null;
  } catch {
    return null;
  }
}

/** The API that an element's `data-api` names, with the page's CSRF token. */
export function transportOf(element: HTMLElement): Transport {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
  return new HttpTransport(element.dataset.api ?? "/api/v1/", token);
}

/** Puts the address of what is shown in the address bar. `{id}` in the pattern is replaced. */
export function showAddress(pattern: string, id: string): void {
  history.replaceState(history.state, "", pattern.replace("{id}", encodeURIComponent(id)));
}
