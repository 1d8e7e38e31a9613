/** The page that `python -m benchmarks.editor` measures: it shows a work and tells how long things take. */

import "../../src/styles/app.css";
import "../../src/editor.css";
import type { Work } from "../../src/core/contracts";
import { defineElements } from "../../src/elements/define";
import type { TextEditorElement } from "../../src/elements/text-editor";
import type { WorkspaceElement } from "../../src/elements/workspace";
import { learn, pageLanguage } from "../../src/i18n";
import { openAhead } from "../../src/transport/place";
import { StoryTransport } from "../story-transport";

const ACCOUNT = "measured";

/** Writes what it is given as it would be sent. */
class WrittenTransport extends StoryTransport {
  override async saveDraft(
    ...sent: Parameters<StoryTransport["saveDraft"]>
  ): ReturnType<StoryTransport["saveDraft"]> {
    await new Response(JSON.stringify(sent[1])).arrayBuffer();
    return super.saveDraft(...sent);
  }
}

const tasks: number[] = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) tasks.push(entry.duration);
}).observe({ type: "longtask", buffered: true });

/** When what was drawn is on the screen. */
function painted(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now());
      channel.port2.postMessage(null);
    });
  });
}

function editor(): TextEditorElement {
  const found = document.querySelector<TextEditorElement>("assay-text-editor");
  if (!found) throw new Error("no text on the page");
  return found;
}

/** Milliseconds from the arrival of a work's JSON until its text with its spans is painted and takes keys. */
async function open(address: string): Promise<number> {
  const json = await (await fetch(address)).text();
  // The page's own copy: the element reads the JSON itself.
  const work = JSON.parse(json) as Work;
  // As on a page, whose script begins to open what the device keeps before anything else.
  await openAhead(ACCOUNT);
  await painted();
  const begun = performance.now();
  const holder = document.createElement("script");
  holder.type = "application/json";
  holder.id = "work";
  holder.textContent = json;
  document.body.append(holder);
  const element = document.createElement("assay-workspace") as WorkspaceElement;
  element.transport = new WrittenTransport("on", work);
  element.dataset.account = ACCOUNT;
  element.dataset.path = location.search;
  document.getElementById("stage")?.append(element);
  let ended = await painted();
  while (!document.activeElement?.matches(".doc.is-editable")) {
    if (ended - begun > 20_000) throw new Error("the text has no focus");
    ended = await painted();
  }
  if (work.draft?.result.length && !document.querySelector("mark.span")?.checkVisibility())
    throw new Error("no span is painted");
  return ended - begun;
}

/** Puts a label on a range by its key. @returns milliseconds of script, and until it was painted. */
async function label(start: number, end: number, key: string): Promise<readonly [number, number]> {
  const { context, field } = editor();
  context.desk.select(field.name, start, end);
  await painted();
  const before = context.desk.spansOn(field.name).length;
  const begun = performance.now();
  document.activeElement?.dispatchEvent(
    new KeyboardEvent("keydown", { key, code: `Digit${key}`, bubbles: true, cancelable: true }),
  );
  await Promise.all(
    [...document.querySelectorAll("*")].map((one) => (one as WorkspaceElement).updateComplete),
  );
  const script = performance.now() - begun;
  const shown = (await painted()) - begun;
  if (context.desk.spansOn(field.name).length !== before + 1) throw new Error("no span was added");
  return [script, shown];
}

await learn(pageLanguage());
await defineElements(true);
Object.assign(window, { bench: { open, label, tasks, painted } });
