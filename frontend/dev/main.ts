import "../src/styles/app.css";
import "../src/editor.css";
import type { AdjudicationElement } from "../src/elements/adjudication";
import { defineElements } from "../src/elements/define";
import type { WorkspaceElement } from "../src/elements/workspace";
import { learn } from "../src/i18n";
import { STORIES } from "./stories";
import { StoryTransport } from "./story-transport";

/** ?story=…&lang=en|zh-hans&theme=light|dark&network=off|stale shows one story alone. */
const asked = new URLSearchParams(location.search);
const language = asked.get("lang") ?? "en";
const theme = asked.get("theme");
const story = STORIES[asked.get("story") ?? "contract"] ?? STORIES.contract;

document.documentElement.lang = language;
if (theme) document.documentElement.dataset.theme = theme;

if (story) {
  const { kind, data } = story(language);
  const holder = document.createElement("script");
  holder.type = "application/json";
  holder.id = kind === "label" ? "work" : "dispute";
  holder.textContent = JSON.stringify(data);
  document.body.append(holder);
  await learn(language);
  await defineElements(true);
  const element = document.createElement(kind === "label" ? "assay-workspace" : "assay-adjudication");
  (element as WorkspaceElement | AdjudicationElement).transport = new StoryTransport(
    asked.get("network") ?? "on",
    data,
  );
  element.dataset.path = location.search;
  document.getElementById("stage")?.append(element);
}
