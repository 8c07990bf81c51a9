"""Tell names of months from other words, in several languages."""

from __future__ import annotations

from workbench.data.values.date_formats import MONTHS


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_NAMES = _words(
    "january february march april may june july august september sept october november december "
    "januar jänner februar feber märz maerz mai juni juli oktober dezember "
    "janvier février fevrier mars avril juin juillet août aout septembre octobre novembre décembre decembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre "
    "januari februari maart mei augustus janeiro fevereiro março maio junho julho setembro outubro dezembro "
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
)


def month_number(name: str) -> int | None:
    """Return the month that a name alone stands for: ``Jan``, ``März``, ``juil.``; None for any other word."""
    word = name.strip().rstrip(".").casefold()
    if len(word) < 3 or not any(each.startswith(word) for each in _NAMES):
        return None
    starts = {start: number for number, names in enumerate(MONTHS.values(), 1) for start in names.split()}
    return starts.get(word[:4]) or starts.get(word[:3])
