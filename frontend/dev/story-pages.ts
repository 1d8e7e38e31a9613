import type { Result, Work } from "../src/core/contracts";
import { note } from "./story-note";
import { PAGE, textOf } from "./story-paper";

/** A document of pages with marks on some of them. @param count of its pages. */
export function paper(language: string, count = 12): Work {
  const zh = language.startsWith("zh");
  const say = (en: string, chinese: string): string => (zh ? chinese : en);
  const texts = Array.from({ length: count }, (_, at) => textOf(at, zh));
  const all = texts.join("\f");
  const mark = (id: string, from: number, words: string, label: string): Result[number] => {
    const at = all.indexOf(words, all.split("\f").slice(0, from).join("\f").length);
    const start = Array.from(all.slice(0, at)).length;
    const value = { start, end: start + Array.from(words).length, text: words, page: from, labels: [label] };
    return { id, from_name: "term", to_name: "paper", type: "labels", value };
  };
  const result = zh
    ? [
        mark("a", 0, "以美元支付至第26栏所列账户", "pay"),
        mark("b", 0, "机器故障造成的时间损失", "off"),
        mark("c", 2, "24.0吨", "number"),
      ]
    : [
        mark("a", 0, "United States dollars,\nto the account named in box 26", "pay"),
        mark("b", 0, "Time lost by breakdown of machinery", "off"),
        mark("d", 0, "breakdown", "number"),
        mark("c", 2, "24.0 tonnes", "number"),
      ];
  const work = note(language);
  return {
    ...work,
    project: { id: "p9", name: say("Charter parties", "租船合同") },
    item: {
      ...work.item,
      data: {
        pdf: {
          asset: zh ? "story-zh" : "story-en",
          name: "charter.pdf",
          pages: texts.map((text) => ({ ...PAGE, text })),
        },
      },
      hashes: { paper: "0" },
    },
    schema: {
      version: 1,
      fields: [{ name: "paper", key: "pdf", kind: "pages" }],
      questions: [
        {
          key: "term",
          kind: "spans",
          tag: "labels",
          field: "paper",
          labels: [
            { key: "pay", text: say("Payment", "付款") },
            { key: "off", text: say("Off-hire", "停租") },
            { key: "number", text: say("Figure", "数值") },
          ],
        },
        {
          key: "form",
          kind: "choice",
          field: "paper",
          title: say("Which form is it?", "属于哪种合同？"),
          labels: [
            { key: "time", text: say("Time charter", "定期租船") },
            { key: "voyage", text: say("Voyage charter", "航次租船") },
          ],
        },
      ],
      layout: [
        { node: "field", name: "paper" },
        { node: "question", key: "term" },
        { node: "question", key: "form" },
      ],
    },
    guideline: null,
    draft: { revision: 1, result },
  };
}
