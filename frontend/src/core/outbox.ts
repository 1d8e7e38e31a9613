import { signal } from "@preact/signals-core";
import type { Draft, Problem } from "./contracts";
import type { Device, Letter } from "./device";
import { fingerprint } from "./fingerprint";
import type { Outcome, Submitted, Transport } from "./transport";

/**
 * Whether what is handed in gets through: "signed_out" waits for the same person to sign in, "failing" says that the
 * server is there and fails on an answer.
 */
export type Link = "up" | "down" | "signed_out" | "failing";

/** What became of an answer at the first try; "kept" when nobody took it so far. `theirs`: a newer draft from elsewhere. */
export type Delivery =
  | { readonly kind: "sent"; readonly value: Submitted }
  | { readonly kind: "refused"; readonly problem: Problem; readonly theirs?: Draft | undefined }
  | { readonly kind: "kept" };

export interface OutboxEvents {
  sent?(letter: Letter, value: Submitted): void;
  returned?(letter: Letter): void;
  /** The server has failed on it so often that the others go first from now on. */
  putBehind?(letter: Letter): void;
}

interface Posted {
  letter: Letter;
  /** Whether the answer is to bring the next item. */
  readonly next: boolean;
  /** The letter as it is to be sent, when nothing is under way for it any more. */
  readonly ready: () => Promise<Letter>;
  readonly tell: (delivery: Delivery) => void;
}

/** Milliseconds between tries. */
const RETRY_FIRST = 1_000;
const RETRY_MOST = 30_000;
const ASK_AGAIN = 15_000;
/** When the server has failed on an answer so often, the others go first. */
const PATIENCE = 3;
const NOT_SIGNED_IN: ReadonlySet<string> = new Set(["not_logged_in", "other_account"]);

/** Whether another answer to the same item was submitted first: that one stands, and no draft is taken any more. */
export function isAnswered(problem: Problem | null): boolean {
  return problem?.code === "other_answer";
}

function isBehind(letter: Letter): boolean {
  return (letter.failures ?? 0) >= PATIENCE;
}

/**
 * Answers on their way: kept on the device first, sent one after another, and forgotten only when the server has
 * confirmed them. What the server refuses comes back and is kept until somebody has looked at it.
 */
export class Outbox {
  readonly waiting = signal<readonly Letter[]>([]);
  readonly returned = signal<readonly Letter[]>([]);
  readonly link = signal<Link>("up");
  #posted: Posted[];
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #retryIn = RETRY_FIRST;
  #stopped = false;

  constructor(
    private readonly device: Device,
    private readonly transport: Transport,
    private readonly events: OutboxEvents = {},
  ) {
    const letters = device.letters();
    this.#posted = letters.filter((one) => !one.refusal).map(found);
    this.returned.value = letters.filter((one) => one.refusal);
    this.#told();
  }

  /** Takes up what the device has told of since. */
  look(): void {
    const letters = this.device.letters().filter(({ assignment }) => !this.#knows(assignment));
    this.#posted.push(...letters.filter((one) => !one.refusal).map(found));
    this.returned.value = [...this.returned.peek(), ...letters.filter((one) => one.refusal)];
    this.#told();
    void this.flush();
  }

  #knows(assignment: string): boolean {
    return this.has(assignment) || this.returned.peek().some((one) => one.assignment === assignment);
  }

  /** Whether an answer to this assignment is on its way. */
  has(assignment: string): boolean {
    return this.#posted.some((one) => one.letter.assignment === assignment);
  }

  /** Whether the server has failed on this answer so often that the others go first. */
  isBehind(assignment: string): boolean {
    return this.#posted.some(({ letter }) => letter.assignment === assignment && isBehind(letter));
  }

  /** Whether nothing waits but what the server has failed on so often. */
  get isStuck(): boolean {
    return this.waiting.peek().every(isBehind);
  }

  /**
   * Hands an answer in. @param ready the letter as it is to be sent, once nothing older is under way.
   * @param next whether to bring the next item. @returns what came of the first try.
   */
  post(letter: Letter, ready: () => Promise<Letter>, next: boolean): Promise<Delivery> {
    void this.device.keepLetter(letter);
    this.returned.value = this.returned.peek().filter((one) => one.assignment !== letter.assignment);
    return new Promise((tell) => {
      this.#posted.push({ letter, ready, next, tell });
      this.#told();
      const link = this.link.peek();
      if (link === "up" || link === "failing") void this.flush();
      else tell({ kind: "kept" });
    });
  }

  /** Sends what waits now, and settles when it is sent or nobody answered. */
  flush(): Promise<void> {
    if (this.#stopped || this.#posted.length === 0) return this.#running ?? Promise.resolve();
    clearTimeout(this.#timer);
    this.#running ??= this.#send();
    return this.#running;
  }

  /** Takes a letter out that came back: it is somebody's to correct, or to forget. */
  take(assignment: string): Letter | null {
    const found = this.returned.peek().find((one) => one.assignment === assignment) ?? null;
    this.returned.value = this.returned.peek().filter((one) => one !== found);
    if (found) void this.device.dropLetter(assignment);
    return found;
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #send(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const tried = new Set<string>();
    try {
      for (let first = this.#first(tried); first && !this.#stopped; first = this.#first(tried)) {
        const { at, failures = 0 } = first.letter;
        // What was handed in first is sent first, also after a reload.
        first.letter = { ...(await first.ready()), at, ...(failures > 0 ? { failures } : {}) };
        void this.device.keepLetter(first.letter);
        const { assignment, body } = first.letter;
        if (!(await this.#settle(first, await this.transport.submit(assignment, body, first.next)))) return;
        if (isBehind(first.letter)) tried.add(assignment);
      }
      if (this.#posted.length > 0) this.#wait("failing");
    } finally {
      // At once, not a turn later: who hands something in meanwhile would wait for what has ended.
      if (turn === this.#turn) this.#running = null;
    }
  }

  /** The next to be sent: those on which the server has failed often come last, each once in a turn. */
  #first(tried: ReadonlySet<string>): Posted | undefined {
    const left = this.#posted.filter(({ letter }) => !tried.has(letter.assignment));
    return left.find(({ letter }) => !isBehind(letter)) ?? left[0];
  }

  /** @returns whether the next one may be sent at once. */
  async #settle(posted: Posted, outcome: Outcome<Submitted>): Promise<boolean> {
    if (outcome.kind === "ok") this.#sent(posted, outcome.value);
    else if (outcome.kind === "unreachable")
      return outcome.failed ? this.#failed(posted) : this.#wait("down");
    else if (NOT_SIGNED_IN.has(outcome.problem.code)) return this.#wait("signed_out");
    else if (isAnswered(outcome.problem) || !this.#rebased(posted, outcome.theirs))
      await this.#refused(posted, outcome.problem, outcome.theirs);
    return true;
  }

  #sent(posted: Posted, value: Submitted): void {
    const { letter } = posted;
    this.#posted = this.#posted.filter((one) => one !== posted);
    this.#reached();
    void this.device.dropLetter(letter.assignment);
    void this.device.dropDrafts(letter.assignment);
    posted.tell({ kind: "sent", value });
    this.events.sent?.(letter, value);
  }

  /** The server failed on this one: after some tries the others need not wait for it. */
  #failed(posted: Posted): boolean {
    const wasBehind = isBehind(posted.letter);
    const letter = { ...posted.letter, failures: (posted.letter.failures ?? 0) + 1 };
    posted.letter = letter;
    void this.device.keepLetter(letter);
    this.#told();
    if (!isBehind(letter)) return this.#wait("failing");
    posted.tell({ kind: "kept" });
    if (!wasBehind) this.events.putBehind?.(letter);
    return true;
  }

  #wait(link: Link): boolean {
    this.#running = null;
    this.link.value = link;
    const wait = link === "signed_out" ? ASK_AGAIN : this.#retryIn;
    this.#retryIn = Math.min(this.#retryIn * 2, RETRY_MOST);
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.flush(), wait);
    for (const posted of this.#posted) posted.tell({ kind: "kept" });
    return false;
  }

  /** A newer draft that was sent from here is no other version: the answer goes on top of it. */
  #rebased(posted: Posted, theirs: Draft | undefined): boolean {
    const { letter } = posted;
    if (!theirs || theirs.revision === letter.body.revision) return false;
    const sent = [...letter.unconfirmed, fingerprint(letter.body.result)];
    if (!sent.includes(fingerprint(theirs.result))) return false;
    const rebased = { ...letter, body: { ...letter.body, revision: theirs.revision } };
    posted.letter = rebased;
    const at = this.#posted.indexOf(posted);
    this.#posted[at] = { ...posted, letter: rebased, ready: async () => rebased };
    return true;
  }

  async #refused(posted: Posted, problem: Problem, theirs: Draft | undefined): Promise<void> {
    const letter = { ...posted.letter, refusal: problem };
    this.#posted = this.#posted.filter((one) => one !== posted);
    this.#reached();
    this.returned.value = [...this.returned.peek(), letter];
    void this.device.keepLetter(letter);
    if (!isAnswered(problem)) this.#asDraft(letter);
    posted.tell({ kind: "refused", problem, theirs });
    // Whoever waits for this letter may take it before it is told to everybody.
    await Promise.resolve();
    if (this.returned.peek().includes(letter)) this.events.returned?.(letter);
  }

  /** However the item is opened again, the answer is there. */
  #asDraft({ assignment, body, written, unconfirmed, dismissed }: Letter): void {
    const { revision = 0, result: said, seconds } = body;
    const result = written ?? said;
    const aside = dismissed ? { dismissed } : {};
    void this.device.keepDraft({ assignment, revision, result, unconfirmed, seconds, ...aside });
  }

  #reached(): void {
    this.link.value = "up";
    this.#retryIn = RETRY_FIRST;
    this.#told();
  }

  #told(): void {
    this.waiting.value = this.#posted.map((one) => one.letter);
  }
}

/** A letter that an earlier page left. */
function found(letter: Letter): Posted {
  return { letter, next: false, ready: async () => letter, tell: () => {} };
}
