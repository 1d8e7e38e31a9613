import type { Label, Question, Work } from "../src/core/contracts";
import { at, letter, picker, region, TEXT, work } from "./story-scene";

/** Nested choices, a filter, dates, a conditional question, texts to put in. */
export function tree(language: string): Work {
  const say = picker(language);
  const areas: readonly Label[] = [
    { key: "housing", text: say("Housing", "住房") },
    { key: "rent", text: say("Rent", "租金"), parent: "housing" },
    {
      key: "repair",
      text: say("Repairs", "维修"),
      parent: "housing",
      hint: say("Heating, water, damp", "供暖、供水、潮湿"),
    },
    { key: "heating", text: say("Heating", "供暖"), parent: "repair" },
    { key: "work", text: say("Employment", "劳动") },
    { key: "pay", text: say("Pay", "工资"), parent: "work" },
    { key: "leave", text: say("Leave", "休假"), parent: "work" },
  ];
  const offices = Array.from({ length: 18 }, (_, index) => ({
    key: `o${index}`,
    text: say(`Office ${index + 1}`, `办事处 ${index + 1}`),
  }));
  const questions: readonly Question[] = [
    {
      key: "area",
      kind: "choices",
      tag: "choices",
      field: "text",
      title: say("Area of law", "法律领域"),
      required: true,
      labels: areas,
      required_message: say("Choose at least one area.", "请至少选一个领域。"),
    },
    {
      key: "office",
      kind: "choice",
      tag: "choices",
      field: "text",
      title: say("Office", "办事处"),
      labels: offices,
    },
    {
      key: "urgent",
      kind: "choice",
      tag: "choices",
      field: "text",
      title: say("Is there a time limit?", "有期限吗？"),
      labels: [
        {
          key: "yes",
          text: say("Yes", "有"),
          hint: say("A date after which a right is lost", "过期即丧失权利的日期"),
        },
        { key: "no", text: say("No", "没有") },
      ],
    },
    {
      key: "limit",
      kind: "datetime",
      tag: "datetime",
      only: "date",
      earliest: "2020-01-01",
      field: "text",
      title: say("Until when", "截止日期"),
      required: true,
      when: [{ on: "choice", tag: "urgent", values: ["yes"] }],
    },
    {
      key: "year",
      kind: "datetime",
      tag: "datetime",
      only: "year",
      latest: "2026",
      field: "text",
      title: say("Year of the lease", "租约年份"),
    },
    {
      key: "note",
      kind: "text",
      tag: "textarea",
      field: "text",
      title: say("Reason", "理由"),
      snippets: [
        {
          text: say("The letter does not say. ", "信中没有说明。"),
          title: say("Not said", "未说明"),
          hotkey: "alt+1",
        },
        { text: say("See the receipt. ", "见收据。"), hotkey: "alt+2" },
      ],
    },
  ];
  return work(
    language,
    { fields: [TEXT], questions, layout: at(questions, { node: "field", name: "text" }) },
    { text: letter(say) },
    {
      name: say("Letters to the housing desk", "住房来信归类"),
      result: [
        region("a", "area", "choices", {
          choices: [
            ["housing", "rent"],
            ["housing", "repair", "heating"],
          ],
        }),
        region("u", "urgent", "choices", { choices: ["yes"] }),
        region("l", "limit", "datetime", { datetime: "2026-12-31" }),
      ],
    },
  );
}

/** Ten thousand labels in three levels. */
export function taxonomy(language: string): Work {
  const say = picker(language);
  const labels: Label[] = [];
  for (let a = 0; a < 25; a++) {
    labels.push({ key: `c${a}`, text: say(`Chapter ${a + 1}`, `第 ${a + 1} 章`) });
    for (let b = 0; b < 20; b++) {
      labels.push({
        key: `c${a}/${b}`,
        text: say(`Group ${a + 1}.${b + 1}`, `组 ${a + 1}.${b + 1}`),
        parent: `c${a}`,
      });
      for (let c = 0; c < 19; c++)
        labels.push({
          key: `c${a}/${b}/${c}`,
          text: say(`Code ${a + 1}.${b + 1}.${c + 1}`, `代码 ${a + 1}.${b + 1}.${c + 1}`),
          parent: `c${a}/${b}`,
        });
    }
  }
  const questions: readonly Question[] = [
    {
      key: "codes",
      kind: "choices",
      tag: "taxonomy",
      field: "text",
      title: say("Codes", "代码"),
      required: true,
      most: 3,
      filter: true,
      labels,
    },
    {
      key: "main",
      kind: "choice",
      tag: "taxonomy",
      field: "text",
      title: say("Main code", "主要代码"),
      leaves_only: true,
      filter: true,
      labels,
    },
  ];
  return work(
    language,
    { fields: [TEXT], questions, layout: at(questions, { node: "field", name: "text" }) },
    { text: letter(say) },
    {
      name: say("Coding of letters", "来信编码"),
      result: [
        region("c", "codes", "taxonomy", {
          taxonomy: [["c2", "c2/1", "c2/1/6"], ["c11"]],
        }),
      ],
    },
  );
}
