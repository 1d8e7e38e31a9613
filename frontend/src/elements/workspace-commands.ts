import { command } from "../core/command-list";
import type { Command } from "../core/commands";
import type { LabelSession } from "../core/session";
import type { Task } from "../core/task";
import { pressing } from "./keyboard";
import { hasReasons } from "./workspace-head";

/** What the annotator's desk does besides what every desk can do. */
export interface WorkspaceActions {
  readonly submit: () => void;
  readonly skip: () => void;
  readonly why: () => void;
  readonly more: () => void;
  /** Whether the time gets short. */
  readonly isShort: () => boolean;
  readonly feedback: (() => void) | null;
}

/** What can be done while nothing lies on the desk. */
export function emptyDeskCommands(session: LabelSession): readonly Command[] {
  return [
    ...returnedCommands(session),
    pressing(session.activity.value === "waiting" ? "work.retry" : "work.next"),
  ];
}

/** What can be done with answers that came back. */
function returnedCommands({ outbox }: LabelSession): readonly Command[] {
  return outbox.returned.value.length > 0 ? [pressing("returned.open"), pressing("returned.discard")] : [];
}

/** Nothing is skipped before its dialog asks why. */
function asksWhy(): boolean {
  return document.querySelector("dialog[open] [data-does='skip.confirm']") !== null;
}

/** The commands of one item on the desk. */
export function workspaceCommands(
  session: LabelSession,
  task: Task,
  actions: WorkspaceActions,
): readonly Command[] {
  const idle = (): boolean => session.activity.peek() === "idle";
  const why = hasReasons(task.work) ? [command("look.why", actions.why)] : [];
  const feedback = actions.feedback && !task.work.exam ? [command("go.feedback", actions.feedback)] : [];
  if (task.readOnly)
    return [
      command("work.next", () => void session.lookForNext(), idle),
      ...why,
      ...feedback,
      ...returnedCommands(session),
    ];
  return [
    command("work.submit", actions.submit),
    command("work.skip", actions.skip, idle),
    { ...pressing("skip.confirm"), possible: asksWhy },
    command("work.more", actions.more, () => actions.isShort() && task.lease.more > 0),
    ...why,
    ...feedback,
    ...returnedCommands(session),
  ];
}
