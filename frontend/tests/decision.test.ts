import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toggleChoice } from "../src/core/answers";
import { disputed, meaning } from "../src/core/compare";
import type {
  DecisionDraft,
  Dispute,
  Precedent,
  Question,
  Result,
  Unfinished,
  WireRegion,
} from "../src/core/contracts";
import { DecisionSession, DisputeDesk } from "../src/core/decision";
import type { DecideBody, HoldBody, Outcome, SavedDraft, Transport } from "../src/core/transport";
import { wire, work } from "./support";

const TEXT = "😀 Acme Ltd pays";

function dispute(question: string, answers: readonly Result[], id = "d1"): Dispute {
  const { project, item, schema } = work(TEXT);
  return {
    dispute: id,
    question,
    project,
    item,
    schema,
    guideline: null,
    answers: answers.map((result, index) => ({ name: "ABC"[index] ?? "?", result })),
    draft: null,
    decided: null,
  };
}

function span(start: number, end: number, label: string): Result[number] {
  return wire("span", "labels", { start, end, labels: [label] }, `s${start}${label}`);
}

describe("DisputeDesk", () => {
  it("marks what not every answer holds", () => {
    const desk = new DisputeDesk(
      dispute("span", [
        [span(2, 10, "party")],
        [span(2, 10, "party"), span(2, 6, "party")],
        [span(2, 10, "party")],
      ]),
    );
    expect([...desk.differing]).toEqual([JSON.stringify([3, 7, "party"])]);
  });

  it("takes a side's answer in one step that undo takes back", () => {
    const desk = new DisputeDesk(dispute("span", [[span(2, 10, "party"), span(2, 6, "amount")], []]));
    const [side] = desk.sides;
    if (!side) throw new Error("no side");
    desk.take(side);
    expect(desk.equals(side)).toBe(true);
    expect(desk.store.result().map((region) => region.value)).toMatchObject([
      { start: 2, end: 10, text: "Acme Ltd" },
      { start: 2, end: 6, text: "Acme" },
    ]);
    desk.store.undo();
    expect(desk.store.result()).toEqual([]);
  });

  it("is limited to the disputed question", () => {
    const desk = new DisputeDesk(dispute("verdict", [[], []]));
    expect(desk.schema.questions.map((question) => question.key)).toEqual(["verdict"]);
  });

  it("is ready with an answer and a rationale, and without spans only when spans are asked for", () => {
    const choice = new DisputeDesk(dispute("verdict", [[], []]));
    choice.rationale.value = "  ";
    toggleChoice(choice.store, "verdict", "breach");
    expect(choice.ready.value).toBe(false);
    choice.rationale.value = "Because.";
    expect(choice.ready.value).toBe(true);
    const spans = new DisputeDesk(dispute("span", [[], []]));
    spans.rationale.value = "There is none.";
    expect(spans.ready.value).toBe(true);
  });

  it("is read only once decided", () => {
    const decided = {
      result: [wire("verdict", "choices", { choices: ["none"] })],
      rationale: "R",
      clause: "2.1",
    };
    const desk = new DisputeDesk({ ...dispute("verdict", [[], []]), decided });
    expect([desk.readOnly, desk.rationale.value, desk.store.result().length]).toEqual([true, "R", 1]);
  });
});

describe("DecisionSession", () => {
  it("sends the trimmed rationale with the answer and opens the next dispute", async () => {
    const bodies: DecideBody[] = [];
    const next = dispute("verdict", [[], []], "d2");
    const transport = {
      decide: async (_id: string, body: DecideBody) => {
        bodies.push(body);
        return { kind: "ok", value: { adjudication: "x", next: "d2" } };
      },
      dispute: async (): Promise<Outcome<Dispute>> => ({ kind: "ok", value: next }),
    } as unknown as Transport;
    const session = new DecisionSession(dispute("verdict", [[], []]), transport);
    const desk = session.desk.value;
    if (!desk) throw new Error("no desk");
    await session.decide();
    expect(bodies).toEqual([]);
    toggleChoice(desk.store, "verdict", "none");
    desk.rationale.value = " Clause 2.1 says so. ";
    await Promise.all([session.decide(), session.decide()]);
    expect(bodies.map((body) => body.rationale)).toEqual(["Clause 2.1 says so."]);
    expect(session.desk.value?.dispute.dispute).toBe("d2");
  });
});

describe("disputed", () => {
  it("finds nothing where all agree, whatever their ids", () => {
    const one = { id: "1", question: "q", kind: "choices", choices: ["b", "a"] } as const;
    const other = { ...one, id: "2", choices: ["a", "b"] } as const;
    expect(meaning(one)).toBe(meaning(other));
    expect(disputed([new Set([meaning(one)]), new Set([meaning(other)])]).size).toBe(0);
  });
});

describe("merging", () => {
  it("takes a version of a row instead of another, span by span", () => {
    const desk = new DisputeDesk(
      dispute("span", [[span(2, 10, "party"), span(11, 15, "amount")], [span(2, 6, "party")]]),
    );
    const [first, second] = desk.rows;
    const [long, short] = first?.cells ?? [];
    const [pays] = second?.cells ?? [];
    if (!first || !second || !long || !short || !pays) throw new Error("rows");
    desk.toggle(first, long);
    desk.toggle(second, pays);
    desk.toggle(first, short);
    const texts = (): unknown[] => desk.store.result().map((one) => one.value.text);
    expect(texts()).toEqual(["Acme", "pays"]);
    desk.toggle(first, short);
    expect(texts()).toEqual(["pays"]);
    desk.store.undo();
    expect(texts()).toEqual(["Acme", "pays"]);
  });

  it("asks for a note instead of an answer when the guideline is unclear, and for neither when the item is bad", () => {
    const desk = new DisputeDesk(dispute("verdict", [[], []]));
    desk.turn("hold");
    expect(desk.ready.value).toBe(false);
    desk.unclear.value = "Holidays?";
    expect(desk.ready.value).toBe(true);
    desk.turn("bad_item");
    expect(desk.ready.value).toBe(false);
    desk.rationale.value = "Empty.";
    expect(desk.ready.value).toBe(true);
    desk.turn("bad_item");
    expect(desk.way.value).toBe("answer");
  });
});

describe("a decision that is being written", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const DRAFT: DecisionDraft = {
    revision: 3,
    result: [wire("verdict", "choices", { choices: ["none"] })],
    way: "bad_item",
    rationale: "Half of ",
    clause: "2.1",
    unclear: "Holidays?",
    cites: ["x"],
  };

  /** A server that keeps drafts. */
  function server(answers: Outcome<SavedDraft, DecisionDraft>[] = []) {
    const saved: (Unfinished & { revision: number })[] = [];
    const decided: DecideBody[] = [];
    const held: HoldBody[] = [];
    const transport = {
      saveDecision: async (_id: string, revision: number, written: Unfinished) => {
        saved.push({ revision, ...written });
        return answers.shift() ?? { kind: "ok", value: { revision: revision + 1, saved_at: "2026-11-21" } };
      },
      decide: async (_id: string, body: DecideBody) => {
        decided.push(body);
        return { kind: "ok", value: { adjudication: "x", next: null } };
      },
      hold: async (_id: string, body: HoldBody) => {
        held.push(body);
        return { kind: "ok", value: { doubt: "x", next: null } };
      },
    } as unknown as Transport;
    return { saved, decided, held, transport };
  }

  it("is on the desk again as it was left", () => {
    const precedents = [{ id: "x" } as Precedent];
    const desk = new DisputeDesk({ ...dispute("verdict", [[], []]), precedents, draft: DRAFT });
    expect(desk.written.value).toMatchObject({
      way: "bad_item",
      rationale: "Half of ",
      unclear: "Holidays?",
    });
    expect([desk.clause.value, [...desk.cites.value], desk.store.result().length]).toEqual(["2.1", ["x"], 1]);
  });

  it("keeps what it cites, also what is no precedent today", async () => {
    const { saved, decided, transport } = server();
    const precedents = [{ id: "y" } as Precedent];
    const cites = ["x", "y"];
    const opened = { ...dispute("verdict", [[], []]), precedents, draft: { ...DRAFT, cites } };
    const session = new DecisionSession(opened, transport);
    const desk = session.desk.value;
    if (!desk) throw new Error("no desk");
    expect(desk.citedBefore).toEqual(["x"]);
    desk.rationale.value = "Half of the text";
    await vi.advanceTimersByTimeAsync(600);
    desk.cite("y", false);
    await vi.advanceTimersByTimeAsync(600);
    expect(saved.map((one) => one.cites)).toEqual([["x", "y"], ["x"]]);
    desk.cite("x", false);
    await session.decide();
    expect([desk.citedBefore, decided[0]?.cites]).toEqual([["x"], []]);
  });

  it("is saved soon after each change, answer and reasons alike", async () => {
    const { saved, transport } = server();
    const session = new DecisionSession({ ...dispute("verdict", [[], []]), draft: DRAFT }, transport);
    const desk = session.desk.value;
    if (!desk) throw new Error("no desk");
    await vi.advanceTimersByTimeAsync(5000);
    expect([saved.length, session.autosave.value?.state.value.kind]).toEqual([0, "saved"]);
    desk.rationale.value = "Half of the text";
    await vi.advanceTimersByTimeAsync(600);
    toggleChoice(desk.store, "verdict", "breach");
    await vi.advanceTimersByTimeAsync(600);
    expect(saved.map((one) => [one.revision, one.rationale, one.result[0]?.value])).toEqual([
      [3, "Half of the text", { choices: ["none"] }],
      [4, "Half of the text", { choices: ["breach"] }],
    ]);
  });

  it("is not saved after the decision, and once more before a dispute is put on hold", async () => {
    const first = server();
    const session = new DecisionSession({ ...dispute("verdict", [[], []]), draft: DRAFT }, first.transport);
    const desk = session.desk.value;
    if (desk) desk.rationale.value = "Half of the text is missing.";
    await session.decide();
    await vi.advanceTimersByTimeAsync(5000);
    expect([first.saved.length, first.decided.length]).toEqual([0, 1]);
    const second = server();
    const holding = new DecisionSession(dispute("verdict", [[], []]), second.transport);
    const other = holding.desk.value;
    if (!other) throw new Error("no desk");
    other.rationale.value = "Kept.";
    other.turn("hold");
    other.unclear.value = "Holidays?";
    await holding.decide();
    expect([second.saved.map((one) => one.rationale), second.held.length]).toEqual([["Kept."], 1]);
  });

  it("waits for a choice where another tab saved first, and takes the other version whole", async () => {
    const theirs = { ...DRAFT, revision: 9 };
    const problem = { status: 409, code: "stale_draft", title: "", detail: "", action: "", where: null };
    const { saved, decided, transport } = server([{ kind: "refused", problem, theirs }]);
    const session = new DecisionSession(dispute("verdict", [[], []]), transport);
    const desk = session.desk.value;
    if (!desk) throw new Error("no desk");
    desk.turn("bad_item");
    desk.rationale.value = "Mine.";
    await vi.advanceTimersByTimeAsync(600);
    await session.decide();
    expect([session.autosave.value?.state.value.kind, decided.length]).toEqual(["stale", 0]);
    await session.autosave.value?.resolve("theirs");
    expect(session.desk.value?.rationale.value).toBe("Half of ");
    const taken = session.desk.value;
    if (taken) taken.rationale.value = "Half of it";
    await vi.advanceTimersByTimeAsync(600);
    expect(saved.map((one) => one.revision)).toEqual([0, 9]);
  });

  it("tells when somebody else has decided", async () => {
    const problem = { status: 409, code: "already_done", title: "", detail: "", action: "", where: null };
    const { transport } = server([{ kind: "refused", problem }]);
    const session = new DecisionSession(dispute("verdict", [[], []]), transport);
    if (session.desk.value) session.desk.value.rationale.value = "Mine.";
    await vi.advanceTimersByTimeAsync(600);
    expect(session.trouble.value).toEqual({ kind: "problem", problem });
  });
});

describe("a decision about marked regions", () => {
  const mark: Question = {
    key: "mark",
    kind: "spans",
    tag: "labels",
    field: "text",
    labels: [{ key: "claim", text: "Claim" }],
  };
  const sure: Question = {
    key: "sure",
    kind: "spans",
    tag: "choices",
    field: "text",
    per_region: true,
    labels: [
      { key: "yes", text: "Yes" },
      { key: "no", text: "No" },
    ],
  };
  const link: Question = { key: "link", kind: "relations", tag: "relations", field: "text" };

  function answer(ids: readonly [string, string], said: string, direction: string): WireRegion[] {
    const [a, b] = ids;
    const place = { start: 0, end: 4, text: "Acme" };
    return [
      wire("mark", "labels", { ...place, labels: ["claim"] }, a),
      wire("mark", "labels", { start: 5, end: 8, text: "Ltd", labels: ["claim"] }, b),
      wire("sure", "choices", { ...place, choices: [said] }, a),
      direction === "left"
        ? wire("link", "relation", { from_id: b, to_id: a, direction, labels: [] }, "r1")
        : wire("link", "relation", { from_id: a, to_id: b, direction, labels: [] }, "r2"),
    ];
  }

  function deskOf(question: string, results: readonly WireRegion[][]): DisputeDesk {
    const schema = { ...dispute("verdict", []).schema, questions: [mark, sure, link] };
    return new DisputeDesk({ ...dispute("verdict", results), question, schema });
  }

  it("compares by places, whatever the ids, and reads a relation from either end", () => {
    const results = [answer(["a", "b"], "yes", "right"), answer(["x", "y"], "no", "left")];
    expect(deskOf("link", results).differing.size).toBe(0);
    expect(deskOf("sure", results).differing.size).toBe(2);
  });

  it("takes the marks with the answers about them", () => {
    const desk = deskOf("sure", [answer(["a", "b"], "yes", "right"), answer(["x", "y"], "no", "right")]);
    const [first] = desk.sides;
    if (first) desk.take(first);
    const result = desk.store.result();
    expect(result.map((one) => one.from_name)).toEqual(["mark", "mark", "sure"]);
    expect(result[2]?.id).toBe(result[0]?.id);
    expect(first && desk.equals(first)).toBe(true);
    desk.store.undo();
    expect(desk.store.result()).toEqual([]);
  });

  it("counts a mark that is moved as a change of what is written about it", () => {
    const desk = deskOf("sure", [answer(["a", "b"], "yes", "right"), answer(["x", "y"], "no", "right")]);
    const [first] = desk.sides;
    if (first) desk.take(first);
    const written = desk.written.value;
    const [mark] = desk.store.spans("mark");
    if (mark) desk.store.commit({ before: [mark], after: [{ ...mark, end: 3 }] });
    expect(desk.written.value.result).not.toEqual(written.result);
    expect(first && desk.equals(first)).toBe(false);
  });
});
