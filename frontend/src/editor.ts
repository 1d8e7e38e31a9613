import "./editor.css";
import { defineElements } from "./elements/define";
import { learn, pageLanguage } from "./i18n";
import { openAhead } from "./transport/place";

const workspace = document.querySelector<HTMLElement>("assay-workspace");
if (workspace) void openAhead(workspace.dataset.account ?? "");
await learn(pageLanguage());
await defineElements();
