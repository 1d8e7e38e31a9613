import type { Field } from "../../core/contracts";
import type { Turn } from "../../core/field-text";
import { KNOWN_ROLES } from "../../core/roles";
import { turnAt, turnsIn } from "../../core/units";
import type { Speaker, TurnWords } from "../../dom/turn-view";
import { type Key, t } from "../../i18n";
import { type AnswerContext, excerpt, labelText } from "../context";

const TONES = 6;

/** A role of a chat in the page's language; other names as they stand. */
export function speakerName(field: Field, name: string): string {
  if (field.kind === "chat" && KNOWN_ROLES.has(name)) return t(`turn.role.${name}` as Key);
  return name || t("turn.unnamed");
}

/** Of a chat who asks stands on the right; of a dialogue the second to speak, where people speak in turns. */
function onTheRight(field: Field, turns: readonly Turn[], name: string): boolean {
  if (field.kind === "chat") return name === "user";
  const others = turns.filter((turn) => turn.name !== turns[0]?.name);
  return name === others[0]?.name && others.some((turn) => turn !== others[0] && turn.name === name);
}

/** What a dialogue's turns are called. @param asked whether turns can be selected. */
export function turnWords(field: Field, turns: readonly Turn[], asked: boolean): TurnWords {
  const speakers = new Map<string, Speaker>();
  const repeated = new Set(turns.map((turn) => turn.name)).size < turns.length;
  for (const { name } of turns) {
    if (speakers.has(name)) continue;
    // Where nobody speaks twice, as in steps, a colour would stand for nothing.
    const tone = repeated ? speakers.size % TONES : null;
    const side = onTheRight(field, turns, name) ? "end" : "start";
    speakers.set(name, { name: speakerName(field, name), tone, side });
  }
  return {
    speaker: (turn) => speakers.get(turn.name) ?? { name: turn.name, tone: 0, side: "start" },
    select: asked ? (n) => t("turn.select", { n }) : null,
  };
}

/** The turns that a selection covers, as they are told to those who do not see them. */
export function tellTurns(context: AnswerContext, field: Field, anchor: number, focus: number): string {
  const turns = turnsIn(context.store.texts, field.name);
  const [start, end] = [Math.min(anchor, focus), Math.max(anchor, focus)];
  const at = turnAt(turns, start);
  const turn = turns[at];
  if (!turn) return "";
  const labels = context.desk
    .spansOn(field.name)
    .filter((span) => span.start <= start && end <= span.end)
    .map((span) => labelText(context.store.question(span.question), span.label));
  return t("turn.at", {
    n: at + 1,
    count: turns.length,
    name: speakerName(field, turn.name),
    text: excerpt(turn.text, 0, turn.text.length),
    labels: labels.join(", ") || (context.desk.turnsOn(field.name).length > 0 ? "" : t("turn.none")),
  });
}
