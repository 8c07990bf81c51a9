"""Convert the condition "this column is one of these values" to a formula and back."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.errors import InputError
from workbench.formula.formula import parse_formula, quote_name
from workbench.formula.tree import Among, Compare, Name, Node, Text


@dataclass(frozen=True)
class Choice:
    """Rows whose ``column`` holds one of ``values``, compared as text."""

    column: str
    values: tuple[str, ...]

    def formula(self) -> str:
        """Return the choice as a condition: ``stage == 'Won'`` or ``stage in ('Won', 'Lost')``. Needs a value."""
        texts = ["'" + value.replace("'", "''") + "'" for value in self.values]
        compared = f"== {texts[0]}" if len(texts) == 1 else f"in ({', '.join(texts)})"
        return f"{quote_name(self.column)} {compared}"


def parse_choice(condition: str) -> Choice | None:
    """Return the choice that a condition expresses; None for any other condition and for one that does not parse."""
    try:
        return choice_from_tree(parse_formula(condition).tree)
    except InputError:
        return None


def choice_from_tree(tree: Node) -> Choice | None:
    """Return the choice that a checked tree expresses, or None."""
    match tree:
        case Compare("==", Name(column), Text(value)) | Compare("==", Text(value), Name(column)):
            return Choice(column, (value,))
        case Among(Name(column), options):
            texts = tuple(option.value for option in options if isinstance(option, Text))
            return Choice(column, texts) if len(texts) == len(options) else None
    return None
