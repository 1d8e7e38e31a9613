import type { Dispute, Label, LayoutNode, Question, Result, Schema, Work } from "../src/core/contracts";
import { region } from "./story-parts";

type Pick = (english: string, chinese: string) => string;

function picker(language: string): Pick {
  return (english, chinese) => (language.startsWith("zh") ? chinese : english);
}

function work(
  language: string,
  schema: Omit<Schema, "version">,
  data: Record<string, unknown>,
  { name, result = [] }: { readonly name?: string; readonly result?: Result } = {},
): Work {
  return {
    assignment: "asking",
    submitted: false,
    project: { id: "p1", name: name ?? picker(language)("Question families", "问题类型") },
    item: { id: "i1", data, hashes: {}, language: language.startsWith("zh") ? "zh" : "en" },
    schema: { version: 1, ...schema },
    guideline: null,
    draft: result.length > 0 ? { revision: 1, result } : null,
    lease_until: null,
    reasons: [],
    left: 4,
  };
}

const TEXT = { name: "text", key: "text" } as const;

function letter(say: Pick): string {
  return say(
    "The tenant reports that the boiler failed on 3 March and was not repaired until 21 March. The landlord says the first notice reached her on 12 March. A receipt from the plumber is dated 20 March.\n\nThe tenant asks for a reduction of rent for eighteen days. The landlord offers nine.",
    "租户称锅炉于三月三日损坏，直到三月二十一日才修好。房东称三月十二日才收到第一次通知。水管工的收据日期为三月二十日。\n\n租户要求减免十八天租金，房东只同意九天。",
  );
}

function at(questions: readonly Question[], ...before: readonly LayoutNode[]): readonly LayoutNode[] {
  return [...before, ...questions.map(({ key }) => ({ node: "question", key }) as const)];
}

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
  const months = Array.from({ length: 18 }, (_, index) => ({
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
      labels: months,
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

/** Which of two answers is better, and why. */
export function pair(language: string): Work {
  const say = picker(language);
  const questions: readonly Question[] = [
    {
      key: "better",
      kind: "choice",
      tag: "pairwise",
      field: "a",
      also: ["b"],
      title: say("Which answer is better?", "哪个回答更好？"),
      required: true,
      labels: [
        { key: "left", text: "Left" },
        { key: "right", text: "Right" },
      ],
    },
    { key: "why", kind: "text", tag: "textarea", field: "a", title: say("Why", "原因") },
  ];
  const fields = [
    { name: "a", key: "a", title: say("Answer A", "回答 A") },
    { name: "b", key: "b", title: say("Answer B", "回答 B") },
  ];
  return work(
    language,
    { fields, questions, layout: at(questions, { node: "field", name: "a" }, { node: "field", name: "b" }) },
    {
      a: say(
        "A notice period runs from the day after the notice arrives. Weekends count. If the last day is a Sunday, the period ends on Monday.",
        "通知期从收到通知的次日起算，周末计算在内。最后一天是星期日的，顺延至星期一。",
      ),
      b: say("It depends. Ask a lawyer.", "看情况。请咨询律师。"),
    },
    {
      name: say("Which answer is better", "回答对比"),
      result: [
        region("p", "better", "pairwise", { selected: "left" }),
        region("w", "why", "textarea", {
          text: [say("Says when it begins and what happens on a Sunday.", "说明了起算日和遇星期日的处理。")],
        }),
      ],
    },
  );
}

function answers(say: Pick): readonly Record<string, string>[] {
  return [
    {
      id: "one",
      title: say("First draft", "初稿"),
      body: say(
        "The fund may suspend redemptions when more than a tenth of the shares is to be redeemed on one day.",
        "单日赎回申请超过总份额十分之一时，基金可以暂停赎回。",
      ),
    },
    {
      id: "two",
      title: say("Second draft", "二稿"),
      body: say("Redemptions can be stopped.", "可以停止赎回。"),
    },
    {
      id: "three",
      title: say("Third draft", "三稿"),
      body: say(
        "On a day with redemptions above ten per cent of the shares, the manager may put off what is above it to the next day, and says so to all holders.",
        "单日赎回超过份额的百分之十时，管理人可将超出部分顺延至次日办理，并告知全体持有人。",
      ),
    },
    { id: "four", title: say("Fourth draft", "四稿"), body: "" },
  ];
}

/** Drafts put into an order. */
export function ranking(language: string): Work {
  const say = picker(language);
  const questions: readonly Question[] = [
    {
      key: "order",
      kind: "ranking",
      tag: "ranker",
      field: "drafts",
      title: say("Order of the drafts", "稿件排序"),
      required: true,
    },
  ];
  const fields = [
    { name: "drafts", key: "drafts", kind: "list", title: say("Best first", "最好的在前") } as const,
  ];
  return work(
    language,
    { fields, questions, layout: at(questions, { node: "field", name: "drafts" }) },
    { drafts: answers(say) },
    {
      name: say("Drafts in order", "稿件排序"),
      result: [region("o", "order", "ranker", { ranker: { order: ["three", "one"] } })],
    },
  );
}

/** Drafts sorted into buckets. */
export function buckets(language: string): Work {
  const say = picker(language);
  const questions: readonly Question[] = [
    {
      key: "order",
      kind: "ranking",
      tag: "ranker",
      field: "drafts",
      title: say("Use of the drafts", "稿件用途"),
      buckets: [
        { key: "use", text: say("Use", "采用") },
        { key: "mend", text: say("Mend", "修改") },
        { key: "drop", text: say("Drop", "弃用") },
      ],
    },
  ];
  const fields = [{ name: "drafts", key: "drafts", kind: "list", title: say("Drafts", "稿件") } as const];
  return work(
    language,
    { fields, questions, layout: at(questions, { node: "field", name: "drafts" }) },
    { drafts: answers(say) },
    {
      name: say("Drafts in buckets", "稿件归类"),
      result: [region("o", "order", "ranker", { ranker: { use: ["three"], mend: ["one"], drop: [] } })],
    },
  );
}

/** Claims and evidence: spans, relations between them, questions about each of them. */
export function related(language: string): Work {
  const say = picker(language);
  const text = letter(say);
  const questions: readonly Question[] = [
    {
      key: "mark",
      kind: "spans",
      tag: "labels",
      field: "text",
      title: say("Parts", "部分"),
      labels: [
        { key: "claim", text: say("Claim", "主张") },
        { key: "evidence", text: say("Evidence", "证据") },
      ],
    },
    {
      key: "sure",
      kind: "spans",
      tag: "choices",
      field: "text",
      per_region: true,
      required: true,
      title: say("How sure is it?", "确定程度"),
      labels: [
        { key: "sure", text: say("Sure", "确定") },
        { key: "likely", text: say("Likely", "很可能") },
        { key: "open", text: say("Open", "存疑") },
      ],
    },
    {
      key: "weight",
      kind: "spans",
      tag: "rating",
      field: "text",
      per_region: true,
      title: say("Weight", "分量"),
      max_rating: 5,
      when: [{ on: "region", tag: "mark", values: ["evidence"] }],
    },
    {
      key: "remark",
      kind: "text",
      tag: "textarea",
      field: "text",
      per_region: true,
      title: say("Remark", "备注"),
      rows: 2,
    },
    {
      key: "link",
      kind: "relations",
      tag: "relations",
      field: "text",
      title: say("Relations", "关系"),
      labels: [
        { key: "supports", text: say("supports", "支持") },
        { key: "contradicts", text: say("contradicts", "反驳") },
      ],
    },
  ];
  const story = work(
    language,
    { fields: [TEXT], questions, layout: at(questions, { node: "field", name: "text" }) },
    { text },
    { name: say("Claims and their evidence", "主张与证据") },
  );
  const parts: readonly (readonly [string, string, string])[] = [
    ["a", say("the boiler failed on 3 March", "锅炉于三月三日损坏"), "claim"],
    ["b", say("the first notice reached her on 12 March", "三月十二日才收到第一次通知"), "claim"],
    ["c", say("A receipt from the plumber is dated 20 March", "水管工的收据日期为三月二十日"), "evidence"],
    ["d", say("a reduction of rent for eighteen days", "减免十八天租金"), "claim"],
  ];
  const marks = parts.map(([id, words, label]) => {
    const start = Array.from(text.slice(0, text.indexOf(words))).length;
    const end = start + Array.from(words).length;
    return {
      id,
      from_name: "mark",
      to_name: "text",
      type: "labels",
      value: { start, end, text: words, labels: [label] },
    };
  });
  const tie = (id: string, from_id: string, to_id: string, direction: string, labels: readonly string[]) => ({
    id,
    from_name: "link",
    to_name: "text",
    type: "relation",
    value: { from_id, to_id, direction, labels },
  });
  const result = [
    ...marks,
    {
      id: "c",
      from_name: "sure",
      to_name: "text",
      type: "choices",
      value: { ...marks[2]?.value, choices: ["likely"] },
    },
    tie("r1", "c", "a", "right", ["supports"]),
    tie("r2", "b", "a", "bi", ["contradicts"]),
    tie("r3", "a", "d", "right", []),
  ];
  return { ...story, draft: { revision: 1, result } };
}

/** 120,000 characters with 2,000 spans and 500 relations. */
export function relatedLong(language: string): Work {
  const story = related(language);
  const line =
    "The committee noted the figures, asked the auditor to confirm them, and put the matter off again.";
  const text = Array.from({ length: 1_250 }, () => line).join("\n");
  const marks = Array.from({ length: 2_000 }, (_, index) => {
    const start = index * 60;
    const value = { start, end: start + 12, text: text.slice(start, start + 12), labels: ["claim"] };
    return { id: `s${index}`, from_name: "mark", to_name: "text", type: "labels", value };
  });
  const ties = Array.from({ length: 500 }, (_, index) => ({
    id: `r${index}`,
    from_name: "link",
    to_name: "text",
    type: "relation",
    value: { from_id: `s${index * 4}`, to_id: `s${index * 4 + 3}`, direction: "right", labels: ["supports"] },
  }));
  return {
    ...story,
    item: { ...story.item, data: { text } },
    draft: { revision: 1, result: [...marks, ...ties] },
  };
}

/** Two answers about the same spans: what is said of each span, or how they are related, is in dispute. */
export function relatedDispute(language: string, question: "sure" | "link"): Dispute {
  const { project, item, schema, draft } = related(language);
  const mine = draft?.result ?? [];
  const theirs = mine
    .filter((one) => one.id !== "r3")
    .map((one) => (one.from_name === "sure" ? { ...one, value: { ...one.value, choices: ["open"] } } : one));
  return {
    dispute: "d1",
    question,
    project,
    item,
    schema,
    guideline: null,
    answers: [
      { name: "A", result: mine },
      { name: "B", result: theirs },
    ],
    draft: null,
    decided: null,
  };
}
