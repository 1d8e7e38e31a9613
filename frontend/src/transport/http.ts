import type { Draft, Problem, Unfinished } from "../core/contracts";
import type { DecideBody, DraftBody, HoldBody, Outcome, SubmitBody, Transport } from "../core/transport";

/** Browsers refuse a keep-alive request when the bodies of all that are under way come to more. */
const KEEPALIVE_BYTES = 60_000;

/** Bytes of the keep-alive requests of this page that are under way. */
let alive = 0;

const TIMEOUT = 30_000;

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A problem from an answer that may be no problem+json at all (a proxy's page, an empty body). */
function problemFrom(status: number, body: unknown): Problem {
  const read = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  return {
    status,
    code: text(read.code) || `http_${status}`,
    title: text(read.title),
    detail: text(read.detail),
    action: text(read.action),
    where: text(read.where) || null,
  };
}

async function json(response: Response): Promise<unknown> {
  const body = await response.text();
  try {
    return body ? JSON.parse(body) : null;
  } catch {
    return null;
  }
}

/** 408 and 429 ask to come back later; from 500 on the server is not well. */
function comesBack(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

/** From a proxy, or while the server starts: nobody has seen the request. Any other failure is the server's own. */
const NOBODY: ReadonlySet<number> = new Set([502, 503, 504]);

/** Nobody there, or a server that failed on this request. */
function unreachable(status: number): { readonly kind: "unreachable"; readonly failed?: boolean } {
  return status >= 500 && !NOBODY.has(status)
    ? { kind: "unreachable", failed: true }
    : { kind: "unreachable" };
}

/** The REST API over fetch, with the session's cookie. */
export class HttpTransport implements Transport {
  /**
   * @param base ends in "/api/v1/". @param csrf the token as it is now: it changes when somebody signs in.
   * @param account for whom the page was made: nothing is sent in another's name. Empty where it does not say.
   */
  constructor(
    private readonly base: string,
    private readonly csrf: () => string,
    private readonly account = "",
  ) {}

  next(project: string): ReturnType<Transport["next"]> {
    return this.#call("POST", `projects/${encodeURIComponent(project)}/next`, {});
  }

  ahead(assignment: string): ReturnType<Transport["ahead"]> {
    return this.#call("POST", `assignments/${encodeURIComponent(assignment)}/ahead`, {});
  }

  work(assignment: string): ReturnType<Transport["work"]> {
    return this.#call("GET", `assignments/${encodeURIComponent(assignment)}`);
  }

  saveDraft(assignment: string, body: DraftBody): ReturnType<Transport["saveDraft"]> {
    return this.#call("PUT", `assignments/${encodeURIComponent(assignment)}/draft`, body);
  }

  heartbeat(assignment: string): ReturnType<Transport["heartbeat"]> {
    return this.#call("POST", `assignments/${encodeURIComponent(assignment)}/heartbeat`, {});
  }

  extend(assignment: string, minutes: number): ReturnType<Transport["extend"]> {
    return this.#call("POST", `assignments/${encodeURIComponent(assignment)}/extend`, { minutes });
  }

  submit(assignment: string, body: SubmitBody, next: boolean): ReturnType<Transport["submit"]> {
    return this.#call("POST", `assignments/${encodeURIComponent(assignment)}/submit`, { ...body, next });
  }

  skip(assignment: string, reason: string, note: string): ReturnType<Transport["skip"]> {
    return this.#call("POST", `assignments/${encodeURIComponent(assignment)}/skip`, { reason, note });
  }

  dispute(id: string): ReturnType<Transport["dispute"]> {
    return this.#call("GET", `disputes/${encodeURIComponent(id)}`);
  }

  saveDecision(id: string, revision: number, written: Unfinished): ReturnType<Transport["saveDecision"]> {
    return this.#call("PUT", `disputes/${encodeURIComponent(id)}/draft`, { revision, ...written });
  }

  decide(id: string, body: DecideBody): ReturnType<Transport["decide"]> {
    return this.#call("POST", `disputes/${encodeURIComponent(id)}/decide`, body);
  }

  hold(id: string, body: HoldBody): ReturnType<Transport["hold"]> {
    return this.#call("POST", `disputes/${encodeURIComponent(id)}/hold`, body);
  }

  async #call<T, D = Draft>(method: string, path: string, body?: unknown): Promise<Outcome<T, D>> {
    const payload = body === undefined ? null : JSON.stringify(body);
    const bytes = payload === null ? 0 : new Blob([payload]).size;
    // What is under way when the page is left goes on, as far as the browser lets it.
    const counted = bytes > 0 && alive + bytes < KEEPALIVE_BYTES ? bytes : 0;
    alive += counted;
    try {
      const response = await fetch(this.base + path, this.#request(method, payload, counted > 0));
      const answer = await json(response);
      const empty = response.status === 204;
      // A sign-in page or a proxy's page may come with 200: only JSON is an answer.
      if (response.ok)
        return empty || answer !== null ? { kind: "ok", value: answer as T } : { kind: "unreachable" };
      if (comesBack(response.status)) return unreachable(response.status);
      const problem = problemFrom(response.status, answer);
      const theirs = (answer as { theirs?: D } | null)?.theirs;
      return theirs ? { kind: "refused", problem, theirs } : { kind: "refused", problem };
    } catch {
      return { kind: "unreachable" };
    } finally {
      alive -= counted;
    }
  }

  #request(method: string, payload: string | null, keepalive: boolean): RequestInit {
    return {
      method,
      body: payload,
      credentials: "same-origin",
      signal: AbortSignal.timeout(TIMEOUT),
      keepalive,
      headers: {
        Accept: "application/json, application/problem+json",
        "X-CSRFToken": this.csrf(),
        ...(this.account ? { "X-Assay-Account": this.account } : {}),
        ...(payload === null ? {} : { "Content-Type": "application/json" }),
      },
    };
  }
}
