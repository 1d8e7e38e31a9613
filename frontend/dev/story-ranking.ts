import type { Question, Work } from "../src/core/contracts";
import { at, type Pick, picker, region, work } from "./story-scene";

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
