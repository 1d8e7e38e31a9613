/** The pages' small script. Every page works without it; strings come from the page. */
import "../styles/app.css";
import { enableCheckLists } from "./check-list";
import { askBeforeSubmit } from "./confirm";
import { enableCopyButtons } from "./copy";
import { enableDialogs } from "./dialogs";
import { enableFileDrops } from "./drop";
import { keepPlaceInFragments } from "./fragments";
import { sendLeftAnswers } from "./left";
import { closeMenusElsewhere } from "./menus";
import { enablePalette } from "./palette";
import { pauseHiddenPolling } from "./polling";
import { tieSliders } from "./sliders";
import { showCurrentTab } from "./tabs";
import { enableThemeForms } from "./theme";
import { showLocalTimes } from "./times";

closeMenusElsewhere();
enableThemeForms();
askBeforeSubmit();
enableCopyButtons();
enableDialogs();
enablePalette();
enableFileDrops(document);
enableCheckLists(document);
void showChartFiles(document);
keepPlaceInFragments();
tieSliders(document);
showLocalTimes(document);
showCurrentTab(document);
pauseHiddenPolling();
void sendLeftAnswers();

/** What saves charts comes where there are any. */
async function showChartFiles(root: ParentNode): Promise<void> {
  if (root.querySelector("[data-chart-file]")) (await import("./charts")).showChartFiles(root);
}

document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof HTMLElement) {
    showLocalTimes(event.target);
    enableFileDrops(event.target);
    void showChartFiles(event.target);
  }
});
