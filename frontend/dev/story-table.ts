import type { Result, Work } from "../src/core/contracts";
import { note } from "./story-note";

const ROWS_EN = [
  {
    date: "2026-09-02",
    account: "4400 Freight",
    memo: "Harbour dues, MV Corrib, August",
    amount: "12,480.00",
    by: "k.oyelaran",
  },
  {
    date: "2026-09-02",
    account: "4410 Fuel",
    memo: "Bunker 180 t, invoice 7731",
    amount: "96,300.00",
    by: "k.oyelaran",
  },
  {
    date: "2026-09-05",
    account: "6100 Travel",
    memo: "Weekend, private guests",
    amount: "4,912.50",
    by: "d.ferrant",
  },
  {
    date: "2026-09-30",
    account: "1990 Suspense",
    memo: "Reversal without voucher",
    amount: "-18,000.00",
    by: "d.ferrant",
  },
];

const ROWS_ZH = [
  { 日期: "2026-09-02", 科目: "4400 运费", 摘要: "“科里布”轮八月港口费", 金额: "12,480.00", 经办: "欧" },
  { 日期: "2026-09-02", 科目: "4410 燃料", 摘要: "燃油180吨，发票7731", 金额: "96,300.00", 经办: "欧" },
  { 日期: "2026-09-05", 科目: "6100 差旅", 摘要: "周末，私人宾客", 金额: "4,912.50", 经办: "费" },
  { 日期: "2026-09-30", 科目: "1990 暂记", 摘要: "冲销，无凭证", 金额: "-18,000.00", 经办: "费" },
];

function cell(id: string, row: number, column: string, text: string, label: string): Result[number] {
  return {
    id,
    from_name: "finding",
    to_name: "ledger",
    type: "labels",
    value: { row, column, text, labels: [label] },
  };
}

/** A ledger whose cells are labelled. @param rows how many, by repetition. */
export function ledger(language: string, rows = 0): Work {
  const zh = language.startsWith("zh");
  const say = (en: string, chinese: string): string => (zh ? chinese : en);
  const given: readonly Readonly<Record<string, string>>[] = zh ? ROWS_ZH : ROWS_EN;
  const data = rows > 0 ? Array.from({ length: rows }, (_, at) => given[at % given.length]) : given;
  const work = note(language);
  const result = [
    cell("a", 2, say("memo", "摘要"), say("Weekend, private guests", "周末，私人宾客"), "private"),
    cell("b", 3, say("memo", "摘要"), say("Reversal without voucher", "冲销，无凭证"), "unproven"),
    cell("c", 3, say("amount", "金额"), "-18,000.00", "unproven"),
    cell("d", 3, say("amount", "金额"), "-18,000.00", "large"),
  ];
  return {
    ...work,
    project: { id: "p7", name: say("Journal entries", "日记账抽查") },
    item: { ...work.item, data: { rows: data }, hashes: { ledger: "0" } },
    schema: {
      version: 1,
      fields: [{ name: "ledger", key: "rows", kind: "table" }],
      questions: [
        {
          key: "finding",
          kind: "spans",
          tag: "labels",
          field: "ledger",
          title: say("Findings", "发现"),
          labels: [
            { key: "private", text: say("Private", "私人支出") },
            { key: "unproven", text: say("Not proven", "缺少凭证") },
            { key: "large", text: say("Large", "大额") },
          ],
        },
      ],
      layout: [
        {
          node: "header",
          text: say("Label the cells that an auditor should ask about.", "标注审计人员应询问的单元格。"),
        },
        { node: "field", name: "ledger" },
        { node: "question", key: "finding" },
      ],
    },
    guideline: null,
    draft: { revision: 1, result },
  };
}

/** One object as a table, and a list beside it. */
export function record(language: string): Work {
  const zh = language.startsWith("zh");
  const work = ledger(language);
  const data = zh
    ? { 姓名: "无名氏", 年龄: 71, 主诉: "胸闷两小时", 既往史: ["高血压", "糖尿病"], 过敏: null }
    : {
        Name: "withheld",
        Age: 71,
        Complaint: "Chest tightness for two hours",
        History: ["hypertension", "diabetes"],
        Allergies: null,
      };
  const answers = zh
    ? [
        { id: "a", title: "回答一", body: "先做心电图，并查肌钙蛋白。" },
        { id: "b", title: "回答二", body: "回家观察，次日复诊。" },
      ]
    : [
        { id: "a", title: "Answer one", body: "An ECG first, and troponin." },
        { id: "b", title: "Answer two", body: "Send home, see again tomorrow." },
      ];
  return {
    ...work,
    project: { id: "p8", name: zh ? "急诊分诊" : "Triage" },
    item: { ...work.item, data: { rows: data, answers } },
    schema: {
      ...work.schema,
      questions: work.schema.questions.map((question) => ({
        ...question,
        title: zh ? "需关注之处" : "What matters here",
        labels: [
          { key: "risk", text: zh ? "风险因素" : "Risk factor" },
          { key: "missing", text: zh ? "缺失" : "Missing" },
        ],
      })),
      fields: [
        { name: "ledger", key: "rows", kind: "table" },
        { name: "answers", key: "answers", kind: "list", title: zh ? "候选回答" : "Answers on offer" },
      ],
      layout: [
        { node: "field", name: "ledger" },
        { node: "field", name: "answers" },
        { node: "question", key: "finding" },
      ],
    },
    draft: {
      revision: 1,
      result: [
        cell("a", 3, "value", zh ? '["高血压","糖尿病"]' : '["hypertension","diabetes"]', "risk"),
        cell("b", 4, "value", "", "missing"),
      ],
    },
  };
}
