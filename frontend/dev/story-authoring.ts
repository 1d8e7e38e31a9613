import type { Field, Question, Result, Work } from "../src/core/contracts";
import { at, picker, region, TEXT, work } from "./story-scene";

function one(
  language: string,
  name: string,
  data: Work["item"]["data"],
  questions: readonly Question[],
  { field = TEXT, result }: { readonly field?: Field; readonly result: Result },
): Work {
  const layout = at(questions, { node: "field", name: field.name });
  return work(language, { fields: [field], questions, layout }, data, { name, result });
}

/** An answer written in Markdown. */
export function writing(language: string): Work {
  const say = picker(language);
  const text = say(
    "Our supplier has stopped delivering. May we end the contract at once?",
    "供应商已停止供货，我们可以立即解除合同吗？",
  );
  const answer = say(
    "## Short answer\n\nYes, **if** the breach is *material* and was not remedied in time.\n\n1. Send a notice (clause 12.1).\n2. Wait thirty days.\n\n| Step | Until |\n| --- | --- |\n| Notice | day 0 |\n| End | day 30 |\n\n> The notice must describe the breach.",
    "## 结论\n\n可以，**前提**是对方构成*严重*违约且未按期纠正。\n\n1. 依据第 12.1 条发出书面催告；\n2. 等待三十日。\n\n| 步骤 | 期限 |\n| --- | --- |\n| 催告 | 第 0 日 |\n| 解除 | 第 30 日 |\n\n> 催告函应当写明违约事实。",
  );
  const questions: Question[] = [
    {
      key: "answer",
      kind: "text",
      tag: "textarea",
      field: "text",
      markdown: true,
      required: true,
      rows: 8,
      max_texts: 2,
      title: say("Write the answer you would give", "撰写您会给出的回答"),
    },
  ];
  return one(language, say("Answers by lawyers", "律师撰写回答"), { text }, questions, {
    result: [region("a", "answer", "textarea", { text: [answer] })],
  });
}

/** A dialogue that goes on from the item's. */
export function dialogue(language: string): Work {
  const say = picker(language);
  const messages = [
    {
      role: "user",
      content: say(
        "My mother is 81 and takes warfarin. Can she have ibuprofen for her knee?",
        "我母亲81岁，在服华法林，膝盖疼能吃布洛芬吗？",
      ),
    },
    {
      role: "assistant",
      content: say("Does she have any history of bleeding or kidney disease?", "她有出血史或肾脏疾病吗？"),
    },
  ];
  const questions: Question[] = [
    {
      key: "talk",
      kind: "text",
      tag: "chat",
      field: "chat",
      required: true,
      min_messages: 2,
      max_messages: 8,
      title: say("Go on with the conversation", "继续这段对话"),
    },
  ];
  const said = (id: string, role: string, content: string): Result[number] => ({
    ...region(id, "talk", "chatmessage", { chatmessage: { role, content } }),
    to_name: "chat",
  });
  return one(language, say("Conversations with patients", "医患对话撰写"), { messages }, questions, {
    field: { name: "chat", key: "messages", kind: "chat" },
    result: [
      said(
        "m1",
        "user",
        say("No bleeding, but her kidneys are at about half.", "没有出血，不过肾功能大约只剩一半。"),
      ),
      said(
        "m2",
        "assistant",
        say(
          "Then ibuprofen is not advisable: with warfarin it raises the risk of bleeding, and it can harm the kidneys further.\nParacetamol is usually the first choice.",
          "那就不建议用布洛芬：与华法林同用会增加出血风险，还可能进一步损害肾功能。\n通常首选对乙酰氨基酚。",
        ),
      ),
    ],
  });
}

/** A rubric that is written, and one that is graded. */
export function rubrics(language: string): Work {
  const say = picker(language);
  const text = say("Explain to a client what a liability cap is.", "向客户解释什么是责任限额条款。");
  const questions: Question[] = [
    {
      key: "rubric",
      kind: "text",
      tag: "rubric",
      field: "text",
      required: true,
      title: say("What should a good answer have?", "好的回答应具备什么？"),
    },
    {
      key: "grades",
      kind: "number",
      tag: "grades",
      field: "text",
      required: true,
      title: say("Grade the answer", "为回答评分"),
      criteria: [
        {
          text: say("Says what the cap is and what it covers", "说明限额是什么、适用于哪些责任"),
          weight: 3,
          most: 4,
        },
        { text: say("Names what cannot be capped", "指出哪些责任不得限制"), weight: 2, most: 2 },
        { text: say("Uses words a client understands", "使用客户能懂的语言"), weight: 1, most: 2 },
      ],
    },
  ];
  return one(language, say("Rubrics for answers", "回答的评分标准"), { text }, questions, {
    result: [
      region("r", "rubric", "rubric", {
        rubric: [
          { text: say("Says what the cap is", "说明限额是什么"), weight: 3 },
          { text: say("Names fraud and injury as uncapped", "指出欺诈与人身伤害不受限额"), weight: 2 },
        ],
      }),
      region("g", "grades", "grades", {
        grades: [
          {
            text: say("Says what the cap is and what it covers", "说明限额是什么、适用于哪些责任"),
            points: 3,
          },
          { text: say("Names what cannot be capped", "指出哪些责任不得限制"), points: 2 },
          { text: say("Uses words a client understands", "使用客户能懂的语言"), points: null },
        ],
      }),
    ],
  });
}
