import type { LayoutNode, Schema, ViewNode } from "./contracts";

/** The layout in two columns: a header stands in the column of what follows it. */
export interface Columns {
  readonly text: readonly LayoutNode[];
  readonly questions: readonly LayoutNode[];
}

interface Named {
  readonly fields: Set<string>;
  readonly questions: Set<string>;
}

function name(nodes: readonly LayoutNode[], into: Named): void {
  for (const node of nodes) {
    if (node.node === "field") into.fields.add(node.name);
    else if (node.node === "question") into.questions.add(node.key);
    else if (node.node === "view") name(node.children, into);
  }
}

/** Splits a schema's layout; fields and questions that it forgets come last. */
export function columns(schema: Schema): Columns {
  const named = { fields: new Set<string>(), questions: new Set<string>() };
  name(schema.layout, named);
  const fields = schema.fields.filter((one) => !named.fields.has(one.name));
  const questions = schema.questions.filter((one) => !named.questions.has(one.key));
  return split([
    ...schema.layout,
    ...fields.map((one) => ({ node: "field", name: one.name }) as const),
    ...questions.map(({ key }) => ({ node: "question", key }) as const),
  ]);
}

function split(nodes: readonly LayoutNode[]): Columns {
  const found = { text: [] as LayoutNode[], questions: [] as LayoutNode[] };
  let waiting: LayoutNode[] = [];
  const put = (column: keyof Columns, node: LayoutNode) => {
    found[column].push(...waiting, node);
    waiting = [];
  };
  for (const node of nodes) {
    if (node.node === "header") waiting.push(node);
    else if (node.node === "view") {
      const parts = split(node.children);
      if (parts.text.length > 0) put("text", view(node, parts.text));
      if (parts.questions.length > 0) put("questions", view(node, parts.questions));
    } else put(node.node === "field" ? "text" : "questions", node);
  }
  found.questions.push(...waiting);
  return found;
}

/** A view of one column. Only what holds several things stands side by side. */
function view(node: ViewNode, children: readonly LayoutNode[]): ViewNode {
  return { ...node, children, row: (node.row ?? false) && children.length > 1 };
}
