import type { Dispute, Result, Schema, Work } from "../src/core/contracts";
import { region, spanOf } from "./story-scene";

const TEXT_EN =
  "Seen in the outpatient clinic 14 days after discharge. The patient reports less shortness of breath on the stairs and no chest pain. Lower limb oedema has gone down; mild acute kidney injury noted on admission has recovered. Continue bisoprolol 2.5 mg once daily. She says she feels “much better”.\n\nPlan: echocardiogram in six weeks, bloods with the practice nurse next Tuesday.";

const TEXT_ZH =
  "患者，女，68岁。出院后14天门诊复查，诉活动后气短较前减轻，无胸痛。双下肢水肿基本消退，入院时轻度急性肾损伤已恢复。继续口服比索洛尔2.5毫克，每日一次。影像提示：左肺下叶磨玻璃结节，建议六周后复查胸部CT。";

function schema(zh: boolean): Schema {
  const say = (en: string, chinese: string): string => (zh ? chinese : en);
  return {
    version: 1,
    fields: [{ name: "text", key: "text" }],
    questions: [
      {
        key: "entity",
        kind: "spans",
        field: "text",
        title: say("Findings", "临床实体"),
        required: true,
        labels: [
          { key: "disease", text: say("Disease", "疾病") },
          { key: "body", text: say("Body part", "部位") },
          { key: "symptom", text: say("Symptom", "症状") },
          { key: "drug", text: say("Drug", "药物") },
          { key: "dose", text: say("Dose", "剂量") },
        ],
      },
      {
        key: "urgency",
        kind: "choice",
        field: "text",
        title: say("How soon is follow-up needed?", "随访紧迫程度"),
        required: true,
        labels: [
          { key: "routine", text: say("Routine", "常规") },
          { key: "soon", text: say("Soon", "尽快") },
          { key: "urgent", text: say("Urgent", "紧急") },
        ],
      },
    ],
    layout: [
      { node: "field", name: "text" },
      { node: "question", key: "entity" },
      { node: "question", key: "urgency" },
    ],
  };
}

/** Nested spans: a body part in a symptom, a word in a disease. */
function result(zh: boolean, variant = 0): Result {
  const text = zh ? TEXT_ZH : TEXT_EN;
  const mark = (id: string, part: string, label: string): Result[number] =>
    spanOf(text, id, "entity", part, label);
  const all = zh
    ? [
        mark("1", "双下肢水肿", "symptom"),
        mark("2", "双下肢", "body"),
        mark("3", "急性肾损伤", "disease"),
        mark("4", "肾", "body"),
        mark("5", "比索洛尔", "drug"),
        mark("6", "2.5毫克", "dose"),
        mark("7", "左肺下叶磨玻璃结节", "disease"),
        mark("8", "左肺下叶", "body"),
        mark("9", "肺", "body"),
        mark("10", "气短", "symptom"),
      ]
    : [
        mark("1", "Lower limb oedema", "symptom"),
        mark("2", "Lower limb", "body"),
        mark("3", "acute kidney injury", "disease"),
        mark("4", "kidney", "body"),
        mark("5", "bisoprolol", "drug"),
        mark("6", "2.5 mg once daily", "dose"),
        mark("7", "shortness of breath", "symptom"),
        mark("8", "breath on the stairs", "disease"),
      ];
  return all.filter((_, index) => variant === 0 || index % 4 !== variant);
}

/** A clinical note. */
export function note(language: string): Work {
  const zh = language.startsWith("zh");
  return {
    assignment: "first",
    submitted: false,
    project: { id: "p2", name: zh ? "出院小结标注" : "Discharge notes: follow-up" },
    item: { id: "i2", data: { text: zh ? TEXT_ZH : TEXT_EN }, hashes: { text: "0" }, language },
    schema: schema(zh),
    guideline: {
      version: 1,
      html: "<h2>1. Spans</h2><p>1.1 Mark the shortest words that name the finding.</p>",
    },
    draft: { revision: 1, result: result(zh) },
    lease_until: null,
    reasons: [],
    left: 1,
  };
}

/** The note as a model has marked it: nothing is answered yet. */
export function suggestedNote(language: string): Work {
  const work = note(language);
  const suggestions = [
    { id: "p1", model: "small-1", score: 0.82, result: result(language.startsWith("zh")) },
  ];
  return { ...work, draft: null, suggestions };
}

/** Three answers to its spans, each with something left out. */
export function noteDispute(language: string): Dispute {
  const zh = language.startsWith("zh");
  const { project, item, schema: asked, guideline } = note(language);
  const answer = (name: string, variant: number): Dispute["answers"][number] => ({
    name,
    result: [...result(zh, variant), region(`${name}u`, "urgency", "choices", { choices: ["routine"] })],
  });
  return {
    dispute: "d2",
    question: "entity",
    project,
    item,
    schema: asked,
    guideline,
    answers: [answer("A", 1), answer("B", 2), answer("C", 3)],
    draft: null,
    decided: null,
  };
}
