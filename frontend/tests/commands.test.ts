import { signal } from "@preact/signals-core";
import { describe, expect, it, vi } from "vitest";
import { COMMAND_IDS, command, fixedCommands } from "../src/core/command-list";
import { type Command, CommandTable, type KeyChoices } from "../src/core/commands";
import { isSingle, RESERVED } from "../src/core/keymap";
import { giving, rival, unfit } from "../src/core/remap";

function named(id: string, keys: readonly string[], more: Partial<Command> = {}): Command {
  return { id, words: { text: id }, group: { text: "all" }, keys, run: () => {}, ...more };
}

function table(commands: readonly Command[], choices: Partial<KeyChoices> = {}) {
  const chosen = signal<KeyChoices>({ keys: {}, single: true, ...choices });
  const made = new CommandTable(chosen);
  const away = made.add(() => commands);
  return { made, chosen, away };
}

describe("the table of commands", () => {
  it("gives every command its keys, and shows the first", () => {
    const { made } = table([named("redo", ["ctrl+shift+z", "ctrl+y"])]);
    expect(made.keysOf("redo")).toEqual(["ctrl+shift+z", "ctrl+y"]);
    expect(made.keyOf("redo")).toBe("ctrl+shift+z");
    expect(made.pressed("ctrl+y", false)?.id).toBe("redo");
  });

  it("gives what the project asks for before the workspace's own, which then has its second key", () => {
    const { made } = table([named("skip", ["s", "shift+s"]), named("label", ["s"], { first: true })]);
    expect(made.pressed("s", false)?.id).toBe("label");
    expect(made.keyOf("skip")).toBe("shift+s");
  });

  it("gives a person's own key before all, and none where they want none", () => {
    const { made } = table(
      [named("skip", ["s"]), named("why", ["y"]), named("label", ["s"], { first: true })],
      {
        keys: { why: "s", skip: "" },
      },
    );
    expect(made.keyOf("why")).toBe("s");
    expect(made.keyOf("skip")).toBeUndefined();
    expect(made.keyOf("label")).toBeUndefined();
  });

  it("does nothing while one types, but for commands that also work then", () => {
    const { made } = table([named("skip", ["s"]), named("submit", ["ctrl+enter"], { whileTyping: true })]);
    expect(made.pressed("s", true)).toBeUndefined();
    expect(made.pressed("ctrl+enter", true)?.id).toBe("submit");
  });

  it("neither shows nor takes keys of one sign where they are turned off", () => {
    const { made, chosen } = table([named("skip", ["s", "alt+s"]), named("help", ["?"])]);
    chosen.value = { keys: {}, single: false };
    expect([made.keyOf("skip"), made.keyOf("help")]).toEqual(["alt+s", undefined]);
    expect(made.pressed("?", false)).toBeUndefined();
    expect(made.pressed("alt+s", false)?.id).toBe("skip");
  });

  it("says which commands end a piece of work: a key that is held down does them once", () => {
    const once = COMMAND_IDS.filter((id) => command(id, () => {}).once);
    expect(once).toEqual(expect.arrayContaining(["work.submit", "work.decide", "work.skip", "work.next"]));
    expect(once).not.toContain("edit.undo");
  });

  it("runs only what is possible, and what is fixed never", () => {
    const run = vi.fn();
    const open = signal(false);
    const { made } = table([
      named("more", ["m"], { run, possible: () => open.value }),
      named("caret", ["tab"], { run, fixed: true }),
    ]);
    expect([made.run("more"), made.pressed("m", false), made.run("caret")]).toEqual([
      false,
      undefined,
      false,
    ]);
    open.value = true;
    expect(made.run("more")).toBe(true);
    expect(made.pressed("tab", false)).toBeUndefined();
    expect(run).toHaveBeenCalledOnce();
  });

  it("knows only the elements that are in the page, and reads them again when what they read changes", () => {
    const { made, away } = table([named("skip", ["s"])]);
    const names = signal(["one"]);
    made.add(() => names.value.map((name) => named(name, [])));
    expect(made.all.value.map((one) => one.id)).toEqual(["skip", "one"]);
    names.value = ["two", "skip"];
    expect(made.all.value.map((one) => one.id)).toEqual(["skip", "two"]);
    away();
    expect(made.keyOf("skip")).toBeUndefined();
  });
});

describe("the workspace's own commands", () => {
  it("have a key each", () => {
    for (const id of COMMAND_IDS) expect.soft(command(id, () => {}).keys, id).not.toHaveLength(0);
  });

  it("have a key that no label takes by itself, or a second one", () => {
    for (const id of COMMAND_IDS) {
      const { keys, fixed } = command(id, () => {});
      const sure = keys.some((key) => !/^[a-z0-9]$/.test(key) || RESERVED.has(key));
      if (!fixed) expect.soft(sure, id).toBe(true);
    }
  });

  it("of one desk do not want one another's keys", () => {
    const decides = command("work.decide", () => {});
    const all = COMMAND_IDS.filter((id) => id !== "work.decide").map((id) => command(id, () => {}));
    const { made } = table(all);
    for (const one of all) expect.soft(made.keysOf(one.id), one.id).toEqual(one.keys);
    expect(decides.keys).toEqual(made.keysOf("work.submit"));
  });
});

describe("giving a key to a command", () => {
  const skip = named("skip", ["s", "shift+s"]);
  const why = named("why", ["y"]);
  const submit = named("submit", ["ctrl+enter"], { whileTyping: true });
  const { made } = table([skip, why, submit, ...fixedCommands()]);

  it("leaves to who had it another key of its own, or none", () => {
    expect(rival(made, why, "s")?.id).toBe("skip");
    expect(giving(made, why, "s")).toEqual({ why: "s", skip: "shift+s" });
    expect(giving(made, skip, "y")).toEqual({ skip: "y", why: "" });
    expect(giving(made, skip, "k")).toEqual({ skip: "k" });
    expect(rival(made, skip, "s")).toBeNull();
  });

  it("refuses the keys by which people move, those of the browser, and letters for what works while typing", () => {
    expect(["tab", "shift+tab", "enter", "escape", "ctrl+arrowleft"].map((one) => unfit(skip, one))).toEqual(
      Array(5).fill("fixed"),
    );
    expect(["ctrl+w", "ctrl+shift+t", "f5", "ctrl+c"].map((one) => unfit(skip, one))).toEqual(
      Array(4).fill("browser"),
    );
    expect([unfit(submit, "x"), unfit(submit, "shift+x"), unfit(submit, "alt+x")]).toEqual([
      "typing",
      "typing",
      null,
    ]);
    expect(["ctrl+enter", "alt+arrowleft", "f2", "k", "ctrl+shift+k"].map((one) => unfit(skip, one))).toEqual(
      Array(5).fill(null),
    );
  });

  it("knows what is one sign", () => {
    expect(["a", "shift+a", "?", "病"].every(isSingle)).toBe(true);
    expect(["ctrl+a", "enter", "f2", "alt+shift+a"].some(isSingle)).toBe(false);
  });
});
