import type { Result, Work } from "../src/core/contracts";
import { note } from "./story-note";

const SIZE = { original_width: 1200, original_height: 900, image_rotation: 0 };

/** A picture with boxes and a polygon. */
export function receipt(language: string): Work {
  const zh = language.startsWith("zh");
  const say = (en: string, chinese: string): string => (zh ? chinese : en);
  const region = (
    id: string,
    question: string,
    type: string,
    value: Result[number]["value"],
  ): Result[number] => ({ ...SIZE, id, from_name: question, to_name: "scan", type, value }) as Result[number];
  const work = note(language);
  return {
    ...work,
    project: { id: "p10", name: say("Receipts", "票据识别") },
    item: {
      ...work.item,
      data: {
        image: {
          asset: say("story-picture-en", "story-picture-zh"),
          width: 1200,
          height: 900,
          name: "receipt.png",
        },
      },
      hashes: { scan: "0" },
    },
    schema: {
      version: 1,
      fields: [{ name: "scan", key: "image", kind: "image" }],
      questions: [
        {
          key: "part",
          kind: "boxes",
          tag: "rectanglelabels",
          field: "scan",
          title: say("Parts", "部分"),
          labels: [
            { key: "line", text: say("Line", "明细") },
            { key: "total", text: say("Total", "合计") },
          ],
        },
        {
          key: "stamp",
          kind: "boxes",
          tag: "polygonlabels",
          field: "scan",
          title: say("Stamps", "印章"),
          labels: [{ key: "stamp", text: say("Stamp", "印章") }],
        },
        {
          key: "read",
          kind: "text",
          tag: "textarea",
          field: "scan",
          title: say("What it says", "文字内容"),
          per_region: true,
          required: true,
        },
      ],
      layout: [
        { node: "field", name: "scan" },
        { node: "question", key: "part" },
        { node: "question", key: "stamp" },
        { node: "question", key: "read" },
      ],
    },
    guideline: null,
    draft: {
      revision: 1,
      result: [
        region("a", "part", "rectanglelabels", {
          x: 8,
          y: 24,
          width: 84,
          height: 8,
          rotation: 0,
          rectanglelabels: ["line"],
        }),
        region("b", "part", "rectanglelabels", {
          x: 8,
          y: 59,
          width: 84,
          height: 8,
          rotation: 0,
          rectanglelabels: ["total"],
        }),
        region("c", "stamp", "polygonlabels", {
          points: [
            [70, 82],
            [77, 73],
            [84, 82],
            [77, 92],
          ],
          closed: true,
          polygonlabels: ["stamp"],
        }),
        region("b", "read", "textarea", {
          x: 8,
          y: 59,
          width: 84,
          height: 8,
          rotation: 0,
          text: [say("TOTAL 14.00", "合计 14.00")],
        }),
      ],
    },
  };
}
