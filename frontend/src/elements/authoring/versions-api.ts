/** The versions of a draft, as the API has them. Each call gives null when nobody answers. */

import type { Version, VersionRow } from "../../core/versions";
import { apiBase, token } from "../../page-api";

async function call(path: string, body?: unknown): Promise<Response | null> {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
  try {
    return await fetch(`${apiBase()}assignments/${path}`, {
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body), headers }),
      credentials: "same-origin",
      signal: AbortSignal.timeout(20_000),
    });
  } catch {
    return null;
  }
}

async function read<T>(path: string): Promise<T | null> {
  const response = await call(path);
  try {
    return response?.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}

function at(assignment: string): string {
  return `${encodeURIComponent(assignment)}/versions`;
}

/** The newest first. */
export async function readVersions(assignment: string): Promise<readonly VersionRow[] | null> {
  return (await read<{ versions: VersionRow[] }>(at(assignment)))?.versions ?? null;
}

export function readVersion(assignment: string, id: string): Promise<Version | null> {
  return read<Version>(`${at(assignment)}/${encodeURIComponent(id)}`);
}

/** Keeps the draft as the server has it; `made` is false when it is the version kept last. A refusal in words. */
export async function keepVersion(
  assignment: string,
  name: string,
): Promise<{ readonly made: boolean } | string | null> {
  const response = await call(at(assignment), { name });
  if (!response) return null;
  if (response.ok) return { made: response.status === 201 };
  try {
    const { detail, action } = (await response.json()) as { detail?: string; action?: string };
    return [detail, action].filter(Boolean).join(" ") || null;
  } catch {
    return null;
  }
}
