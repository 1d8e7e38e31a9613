import { CommandPaletteElement } from "../command-palette";
import { FindBarElement } from "../find-bar";
import { GuidelineElement } from "../guideline";
import { HelpSheetElement } from "../help-sheet";
import { KeySettingsElement } from "../key-settings";
import { WhyDialogElement } from "../why-dialog";

/** What stands beside the work, and the search: it comes once the work is there. */
export const ELEMENTS = {
  "assay-command-palette": CommandPaletteElement,
  "assay-find-bar": FindBarElement,
  "assay-guideline": GuidelineElement,
  "assay-help-sheet": HelpSheetElement,
  "assay-key-settings": KeySettingsElement,
  "assay-why-dialog": WhyDialogElement,
};
