import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { Work } from "../core/contracts";
import { Countdown } from "../core/countdown";
import { t } from "../i18n";
import { icon } from "./parts";

const TICK = 1000;

/** The clock of a sitting: shown beside the question's number, said aloud a few times, and ended when it is over. */
export class ExamClock {
  readonly #shown = signal("");
  #countdown: Countdown | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param say reads words aloud. @param over is called once, when no time is left. */
  constructor(
    private readonly say: (words: string) => void,
    private readonly over: () => void,
  ) {}

  /** Begins to count for the first question of a sitting that is shown; later ones have the same clock. */
  start(work: Work): void {
    if (!work.exam || this.#countdown) return;
    this.#countdown = new Countdown(() => performance.now(), work.exam.seconds_left);
    this.#shown.value = this.#countdown.shown;
    this.#timer = setInterval(this.#tick, TICK);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#countdown = null;
  }

  /** The question's number and the clock; the clock is no live region, it would never be silent. */
  head(work: Work): TemplateResult | typeof nothing {
    if (!work.exam) return nothing;
    const { at, of } = work.exam;
    return html`
      <span class="ws-left">${t("exam.question", { at, of })}</span>
      <span class="ws-clock" role="timer" aria-live="off" aria-label=${t("exam.clock")}>${icon("clock")}${this.#shown.value}</span>
    `;
  }

  #tick = (): void => {
    if (!this.#countdown) return;
    this.#shown.value = this.#countdown.shown;
    const minutes = this.#countdown.due();
    if (minutes !== null) this.say(t("exam.left", { n: minutes }));
    if (this.#countdown.over) {
      this.stop();
      this.over();
    }
  };
}
