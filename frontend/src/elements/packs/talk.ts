import { turnsIn } from "../../core/units";
import { TurnView } from "../../dom/turn-view";
import { DialogueFieldElement } from "../fields/dialogue";
import { turnWords } from "../fields/speakers";
import { addView } from "../fields/views";

addView(["dialogue", "chat"], {
  view: (field, texts, parts) => {
    const turns = turnsIn(texts, field.name);
    return new TurnView(texts.of(field.name).text, turns, turnWords(field, turns, parts.asked), parts);
  },
});

/** Dialogues, turn by turn. */
export const ELEMENTS = { "assay-dialogue": DialogueFieldElement };
