import "./editor.css";
import { defineElements } from "./elements/define";
import { learn, pageLanguage } from "./i18n";

await learn(pageLanguage());
await defineElements();
