import type { Question, Result, Work } from "../src/core/contracts";
import { note } from "./story-note";

interface Line {
  readonly author: string;
  readonly text: string;
}

const VISIT_EN: readonly Line[] = [
  { author: "Doctor", text: "Good morning. What brings you here today?" },
  {
    author: "Patient",
    text: "I have had a cough for three weeks, and since Sunday a fever in the evenings.\nIt is worse when I lie down.",
  },
  { author: "Doctor", text: "Do you bring anything up when you cough?" },
  { author: "Patient", text: "A little, yellowish. No blood." },
  {
    author: "Daughter",
    text: "She has hardly eaten since Sunday, and she takes warfarin 3 mg for her heart.",
  },
  { author: "Doctor", text: "Then I would like an X-ray today, and bloods." },
];

const VISIT_ZH: readonly Line[] = [
  { author: "医生", text: "早上好，今天哪里不舒服？" },
  { author: "患者", text: "咳嗽三个星期了，从周日起晚上发烧。\n躺下时更厉害。" },
  { author: "医生", text: "咳嗽有痰吗？" },
  { author: "患者", text: "有一点，黄色的，没有血。" },
  { author: "女儿", text: "她从周日起几乎没吃东西，她心脏不好，在吃华法林3毫克。" },
  { author: "医生", text: "那今天拍个胸片，再抽血。" },
];

const STEPS_EN = [
  "The invoice total is 12,400 with 20 % VAT included.",
  "So the net amount is 12,400 × 0.8 = 9,920.",
  "The early-payment discount of 2 % applies to the net amount.",
  "Therefore the customer pays 12,152.",
];

const STEPS_ZH = [
  "发票总额为12,400元，含20%增值税。",
  "因此不含税金额为 12,400 × 0.8 = 9,920元。",
  "提前付款可按不含税金额享受2%折扣。",
  "所以客户应付12,152元。",
];

function part(
  all: readonly string[],
  turn: number,
  words: string | null,
  label: string,
  id: string,
): Result[number] {
  const text = all.join("\n");
  const from = all.slice(0, turn).join("\n").length + (turn > 0 ? 1 : 0);
  const start = words === null ? from : text.indexOf(words, from);
  const end = start + (words ?? all[turn] ?? "").length;
  const points = (offset: number): number => Array.from(text.slice(0, offset)).length;
  const value = {
    start: points(start),
    end: points(end),
    text: text.slice(start, end),
    paragraphlabels: [label],
  };
  return { id, from_name: "mark", to_name: "talk", type: "paragraphlabels", value };
}

/** A conversation with labels inside of turns and on one whole turn. */
export function visit(language: string): Work {
  const zh = language.startsWith("zh");
  const say = (en: string, chinese: string): string => (zh ? chinese : en);
  const lines = zh ? VISIT_ZH : VISIT_EN;
  const all = lines.map((line) => line.text);
  const work = note(language);
  const result = zh
    ? [
        part(all, 1, "咳嗽", "symptom", "a"),
        part(all, 1, "三个星期", "time", "b"),
        part(all, 4, "华法林3毫克", "drug", "c"),
        part(all, 5, null, "plan", "d"),
      ]
    : [
        part(all, 1, "cough for three weeks", "symptom", "a"),
        part(all, 1, "three weeks", "time", "b"),
        part(all, 4, "warfarin 3 mg", "drug", "c"),
        part(all, 5, null, "plan", "d"),
      ];
  return {
    ...work,
    project: { id: "p4", name: say("Consultations", "门诊对话标注") },
    item: { ...work.item, data: { lines }, hashes: { talk: "0" } },
    schema: {
      version: 1,
      fields: [{ name: "talk", key: "lines", kind: "dialogue", text_key: "text", name_key: "author" }],
      questions: [
        {
          key: "mark",
          kind: "spans",
          tag: "paragraphlabels",
          field: "talk",
          labels: [
            { key: "symptom", text: say("Symptom", "症状") },
            { key: "time", text: say("Time", "时间") },
            { key: "drug", text: say("Drug", "药物") },
            { key: "plan", text: say("Plan", "处置") },
          ],
        },
      ],
      layout: [
        { node: "field", name: "talk" },
        { node: "question", key: "mark" },
      ],
    },
    guideline: null,
    draft: { revision: 1, result },
  };
}

/** Steps of reasoning: each is right, wrong or neutral as a whole, and the wrong ones are corrected. */
export function steps(language: string): Work {
  const zh = language.startsWith("zh");
  const say = (en: string, chinese: string): string => (zh ? chinese : en);
  const all = zh ? STEPS_ZH : STEPS_EN;
  const work = note(language);
  const corrected = (turn: number, id: string, text: string): Result => {
    const wrong = part(all, turn, null, "wrong", id);
    const value = { ...wrong.value, text: [text] };
    return [wrong, { id, from_name: "fix", to_name: "talk", type: "textarea", value }];
  };
  const questions: readonly Question[] = [
    {
      key: "mark",
      kind: "spans",
      tag: "paragraphlabels",
      field: "talk",
      title: say("Is the step right?", "该步骤是否正确？"),
      labels: [
        { key: "right", text: say("Right", "正确"), hotkey: "r", colour: "#2e7d4f" },
        { key: "wrong", text: say("Wrong", "错误"), hotkey: "w", colour: "#b3261e" },
        { key: "neutral", text: say("Neutral", "中性"), hotkey: "e", colour: "#5a6871" },
      ],
    },
    {
      key: "fix",
      kind: "text",
      tag: "textarea",
      field: "talk",
      title: say("How it should read", "应改为"),
      per_region: true,
      when: [{ on: "region", tag: "mark", values: ["wrong"] }],
    },
  ];
  return {
    ...work,
    project: { id: "p5", name: say("Reasoning step by step", "逐步推理评审") },
    item: {
      ...work.item,
      data: { lines: all.map((text, n) => ({ author: say(`Step ${n + 1}`, `步骤${n + 1}`), text })) },
    },
    schema: {
      version: 1,
      fields: [{ name: "talk", key: "lines", kind: "dialogue", granularity: "paragraph" }],
      questions,
      layout: [
        { node: "field", name: "talk" },
        { node: "question", key: "mark" },
        { node: "question", key: "fix" },
      ],
    },
    guideline: null,
    draft: {
      revision: 1,
      result: [
        part(all, 0, null, "right", "r"),
        ...corrected(1, "w", say("12,400 / 1.2 = 10,333.33", "12,400 ÷ 1.2 = 10,333.33元")),
        part(all, 2, null, "neutral", "n"),
        ...corrected(3, "v", say("12,400 − 206.67 = 12,193.33", "12,400 − 206.67 = 12,193.33元")),
      ],
    },
  };
}

/** A chat to be read and judged. */
export function chat(language: string): Work {
  const work = steps(language);
  const zh = language.startsWith("zh");
  const messages = zh
    ? [
        { role: "user", content: "劳动合同试用期最长多久？" },
        { role: "assistant", content: "三年以上固定期限或无固定期限的劳动合同，试用期不得超过六个月。" },
        { role: "user", content: "可以约定两次试用期吗？" },
        { role: "assistant", content: "可以，双方同意即可。" },
        { role: "user", content: "谢谢。" },
        { role: "assistant", content: "不客气。" },
      ]
    : [
        { role: "user", content: "How long may a probation period be?" },
        {
          role: "assistant",
          content:
            "Under the agreement you sent, six months at most.\nIt may be extended once, by three months, with consent.",
        },
        { role: "user", content: "Can it be agreed twice with the same employer?" },
        { role: "assistant", content: "Yes, if both sides sign." },
        { role: "user", content: "Thank you." },
        { role: "assistant", content: "You are welcome." },
      ];
  const contents = messages.map((one) => one.content);
  return {
    ...work,
    project: { id: "p6", name: zh ? "助手回答评审" : "Answers of an assistant" },
    item: { ...work.item, data: { messages } },
    schema: {
      ...work.schema,
      fields: [{ name: "talk", key: "messages", kind: "chat", granularity: "paragraph" }],
      questions: work.schema.questions.map((question) =>
        question.key === "mark"
          ? { ...question, title: zh ? "该回答是否正确？" : "Is the answer right?" }
          : question,
      ),
    },
    draft: {
      revision: 1,
      result: [
        part(contents, 1, null, "right", "r"),
        part(contents, 3, null, "wrong", "w"),
        part(contents, 5, null, "neutral", "n"),
      ],
    },
  };
}
