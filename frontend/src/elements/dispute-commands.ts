import { command } from "../core/command-list";
import type { Command } from "../core/commands";
import type { Way } from "../core/contracts";
import type { DisputeDesk } from "../core/decision";
import { t } from "../i18n";

/** Keys that choose a way; pressed again, they go back to an answer. */
const WAY_KEYS: Readonly<Record<Exclude<Way, "answer">, string>> = { bad_item: "shift+x", hold: "shift+u" };

/** The commands of one dispute: decide, take an answer, choose a way. */
export function disputeCommands(
  desk: DisputeDesk,
  decide: () => void,
  turn: (way: Way) => void,
  announce: (words: string) => void,
): readonly Command[] {
  if (desk.readOnly) return [];
  const group = { key: "decide.title" } as const;
  const takes = desk.sides.map((side) => ({
    id: `take/${side.name}`,
    words: { key: "help.take", params: { name: side.name } } as const,
    group,
    keys: [`shift+${side.name.toLowerCase()}`],
    possible: () => !desk.equals(side),
    run: () => {
      desk.take(side);
      announce(t("decide.took", { name: side.name }));
    },
  }));
  const most = {
    id: "take/most",
    words: { key: "decide.most" } as const,
    group,
    keys: ["shift+m"],
    run: () => {
      desk.takeMost();
      announce(t("decide.took.most"));
    },
  };
  const ways = Object.entries(WAY_KEYS).map(([way, key]) => ({
    id: `way/${way}`,
    words: { key: `decide.way.${way as Way}` } as const,
    group,
    keys: [key],
    run: () => turn(way as Way),
  }));
  return [command("work.decide", decide), ...takes, ...(desk.merges ? [most] : []), ...ways];
}
