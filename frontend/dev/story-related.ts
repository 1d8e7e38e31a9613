import type { Dispute, Question, Work } from "../src/core/contracts";
import { at, letter, picker, TEXT, work } from "./story-scene";

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
