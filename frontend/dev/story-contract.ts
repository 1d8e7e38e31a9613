import type { Dispute, Result, Schema, Work } from "../src/core/contracts";
import { region, spanOf } from "./story-scene";

const TEXT_EN =
  "12.1 Termination for breach. Either party may terminate this Agreement with immediate effect by written notice if the other party commits a material breach of any of its obligations and, where that breach can be remedied, fails to remedy it within thirty (30) days after receiving a notice that describes the breach and requires its remedy.\r\n\r\n12.2 Late payment. Without limiting clause 12.1, Harrow & Pell Logistics Ltd (the “Carrier”) may suspend the Services if the Customer has not paid an undisputed invoice of more than EUR 25,000 within ten Business Days after the due date. Suspension under this clause does not release the Customer from its duty to pay.\r\n\r\n12.3 Effect. On termination for any reason each party shall return or destroy the Confidential Information of the other party, and the accrued rights of the parties shall not be affected.";

const TEXT_ZH =
  "第十二条　合同解除\r\n12.1 任何一方严重违反本合同约定的义务，且在收到守约方书面催告之日起三十（30）日内仍未纠正的，守约方有权以书面通知解除本合同，合同自通知送达之日起解除。\r\n12.2 若委托方逾期十个工作日仍未支付无争议款项，且金额超过人民币200,000元的，承运方青禾物流有限公司有权暂停服务；暂停服务不免除委托方的付款义务。\r\n12.3 本合同因任何原因终止的，双方均应返还或销毁对方的保密信息，终止前已产生的权利义务不受影响。";

const GUIDELINE_EN =
  "<h2>1. The question</h2><p>1.1 Judge the clause as it stands, not what the parties may have meant.</p><p>1.2 A clause allows termination when it gives at least one party a right to end the whole agreement.</p><h2>2. Spans</h2><p>2.1 Mark a party with its defined name and its legal form. Leave out articles.</p><p>2.2 Mark an amount with its currency. Mark the number and the unit of a period.</p><p>2.3 An obligation runs from the modal verb to the end of what is owed.</p>";

const GUIDELINE_ZH =
  "<h2>1. 问题</h2><p>1.1 按条款文字本身判断，不推测当事人的意思。</p><p>1.2 条款赋予至少一方终止整个合同的权利，即属可以解除。</p><h2>2. 片段</h2><p>2.1 标注当事人时应包含全称及组织形式。</p><p>2.2 标注金额时应包含币种；标注期限时应包含数字和单位。</p><p>2.3 义务从情态词开始，至所负义务的内容结束。</p>";

function schema(zh: boolean): Schema {
  const say = (en: string, chinese: string): string => (zh ? chinese : en);
  return {
    version: 3,
    fields: [{ name: "text", key: "text" }],
    questions: [
      {
        key: "span",
        kind: "spans",
        field: "text",
        title: "",
        required: false,
        labels: [
          { key: "party", text: say("Party", "当事人"), hotkey: "p" },
          { key: "amount", text: say("Amount", "金额") },
          { key: "period", text: say("Period", "期限") },
          { key: "obligation", text: say("Obligation", "义务") },
        ],
      },
      {
        key: "verdict",
        kind: "choice",
        field: "text",
        required: true,
        title: say("May a party end the agreement under this clause?", "依据本条款，一方能否解除合同？"),
        labels: [
          { key: "yes", text: say("Yes, for breach", "能，因违约"), hotkey: "y" },
          { key: "cause", text: say("Yes, without cause", "能，无需理由") },
          { key: "no", text: say("No", "不能"), hotkey: "n" },
        ],
      },
      {
        key: "topics",
        kind: "choices",
        field: "text",
        title: say("What else does it deal with?", "还涉及哪些内容？"),
        labels: [
          { key: "payment", text: say("Payment", "付款") },
          { key: "confidentiality", text: say("Confidentiality", "保密") },
          { key: "suspension", text: say("Suspension of services", "暂停服务") },
        ],
      },
      {
        key: "risk",
        kind: "rating",
        field: "text",
        title: say("Risk for the weaker party", "对弱势一方的风险"),
        required: true,
        max_rating: 5,
      },
      {
        key: "days",
        kind: "number",
        field: "text",
        title: say("Days to remedy", "纠正期限（天）"),
        minimum: 0,
        maximum: 365,
      },
      {
        key: "note",
        kind: "text",
        field: "text",
        title: say("Note", "备注"),
        placeholder: say("Only if something is unusual", "如有异常请说明"),
        rows: 2,
        max_texts: 1,
      },
    ],
    layout: [
      {
        node: "header",
        text: say(
          "Read the clause. Mark parties, amounts, periods and obligations, then answer the questions.",
          "请阅读条款，标注当事人、金额、期限和义务，再回答右侧问题。",
        ),
      },
      { node: "field", name: "text" },
      { node: "question", key: "span" },
      { node: "question", key: "verdict" },
      { node: "question", key: "topics" },
      { node: "question", key: "risk" },
      { node: "question", key: "days" },
      { node: "question", key: "note" },
    ],
  };
}

function draft(zh: boolean): Result {
  const text = zh ? TEXT_ZH : TEXT_EN;
  const mark = (id: string, part: string, label: string): Result[number] =>
    spanOf(text, id, "span", part, label);
  const spans = zh
    ? [
        mark("a", "青禾物流有限公司", "party"),
        mark("b", "三十（30）日", "period"),
        mark("c", "人民币200,000元", "amount"),
        mark("d", "应返还或销毁对方的保密信息", "obligation"),
        mark("e", "委托方", "party"),
      ]
    : [
        mark("a", "Harrow & Pell Logistics Ltd", "party"),
        mark("b", "thirty (30) days", "period"),
        mark("c", "EUR 25,000", "amount"),
        mark("d", "shall return or destroy the Confidential Information of the other party", "obligation"),
        mark("e", "Customer", "party"),
      ];
  return [
    ...spans,
    region("v", "verdict", "choices", { choices: ["yes"] }),
    region("t", "topics", "choices", { choices: ["payment", "suspension"] }),
  ];
}

/** A contract clause with every kind of question. */
export function contract(language: string): Work {
  const zh = language.startsWith("zh");
  return {
    assignment: "first",
    submitted: false,
    project: { id: "p1", name: zh ? "商务合同条款审阅" : "Commercial contract clauses" },
    item: { id: "i1", data: { text: zh ? TEXT_ZH : TEXT_EN }, hashes: { text: "0" }, language },
    schema: schema(zh),
    guideline: {
      version: 2,
      html: zh ? GUIDELINE_ZH : GUIDELINE_EN,
      clauses: [{ number: "1.2", title: zh ? "可以解除的条款" : "Clauses that allow termination" }],
    },
    draft: { revision: 1, result: draft(zh), saved_at: "2026-11-20T09:30:00Z" },
    lease_until: new Date(Date.now() + 30 * 60_000).toISOString(),
    reasons: zh
      ? ["您持有有效的法律领域资格", "条目语言为您的工作语言", "该条目还需一份独立答案"]
      : [
          "You hold a valid qualification for legal items",
          "You work in the item's language",
          "The item wants one more independent answer",
        ],
    left: 12,
  };
}

/** Three answers to its choice. */
export function contractDispute(language: string): Dispute {
  const { project, item, schema: asked, guideline } = contract(language);
  const answer = (name: string, verdict: string, risk: number): Dispute["answers"][number] => ({
    name,
    result: [
      region(`${name}1`, "verdict", "choices", { choices: [verdict] }),
      region(`${name}2`, "risk", "rating", { rating: risk }),
    ],
  });
  return {
    dispute: "d1",
    question: "verdict",
    project,
    item,
    schema: asked,
    guideline,
    answers: [answer("A", "yes", 3), answer("B", "no", 2), answer("C", "yes", 4)],
    draft: null,
    decided: null,
  };
}
