"""The words of a Python source that people are shown and that pass no gettext: messages, forms, refusals."""

import ast
from collections.abc import Iterable, Iterator

FORM = {"label", "help_text", "empty_label", "placeholder"}
"""What a form's field says; those of the API's serializers describe it to programmers, in English."""
REFUSAL = {"title", "detail", "action"}
"""What a refusal says; the first argument of one is its detail."""


def families(trees: Iterable[ast.Module], root: str = "Refusal") -> frozenset[str]:
    """The names of all classes that descend from one of that name."""
    above = {
        one.name: {_name(base) for base in one.bases}
        for tree in trees
        for one in ast.walk(tree)
        if isinstance(one, ast.ClassDef)
    }
    found = {root}
    while more := {name for name, bases in above.items() if bases & found} - found:
        found |= more
    return frozenset(found)


def in_python(tree: ast.Module, refusals: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Line and words of each literal that is shown as it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            shown = _arguments(node, refusals)
        elif isinstance(node, ast.ClassDef) and node.name in refusals:
            shown = _attributes(node)
        else:
            continue
        for value in shown:
            yield from ((value.lineno, words) for words in _bare(value))


def _arguments(call: ast.Call, refusals: frozenset[str]) -> Iterator[ast.expr]:
    name, owner = _name(call.func), _owner(call.func)
    if owner == "messages":
        yield from call.args[1:]
    if name == "ValidationError":
        yield from call.args[:1]
    if name in refusals:
        yield from call.args[:1]
        yield from (one.value for one in call.keywords if one.arg in REFUSAL)
    if name.endswith("Field") and owner != "serializers":
        yield from (one.value for one in call.keywords if one.arg in FORM)


def _attributes(made: ast.ClassDef) -> Iterator[ast.expr]:
    for node in made.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            value = getattr(node, "value", None)
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            values = value.elts if isinstance(value, ast.Tuple) else [value]
            yield from (
                one for name, one in zip(names, values, strict=False) if _name(name) in REFUSAL and one
            )


def _bare(node: ast.expr) -> Iterator[str]:
    """The literals that a value may be; what a call makes of its arguments is not looked at, but for `format`."""
    match node:
        case ast.Constant(value=str(words)):
            yield words
        case ast.JoinedStr(values=parts):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else " … " for one in parts)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            yield from _bare(one)
            yield from _bare(other)
        case ast.BoolOp(values=values):
            for one in values:
                yield from _bare(one)
        case ast.Call(func=ast.Attribute(value=words, attr="format")):
            yield from _bare(words)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _owner(node: ast.expr) -> str:
    return _name(node.value) if isinstance(node, ast.Attribute) else ""
