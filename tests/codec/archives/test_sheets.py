"""Tables of tools: their columns by a map, their moments in the zone that is told."""

from pathlib import Path
from typing import Any, Final

import pytest

from cmcore import Charter, InvalidError, parse, read_history
from cmcore.charters import Case, Unreadable
from cmcore.codec.archives.sheets import READY

CHARTER: Final = parse(
    "charter: c\ncircuits: {desk: [{ask: {role: lead}}]}\ndefault: desk\nevents: [fair]", Charter
)
META: Final = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time\n"
    '2,7,lanterne,La Lanterne,"Deux",0,03/27/2026 06:08\n'
    "1,7,lanterne,La Lanterne,Un,0,03/26/2026 18:12\n"
)


def rows(file: Path, text: str, **how: Any) -> list[Case | Unreadable]:  # noqa: ANN401
    file.write_text(text, encoding="utf-8")
    return [*read_history(file, CHARTER, **how)]


def refused(file: Path, text: str, **how: Any) -> list[str]:  # noqa: ANN401
    with pytest.raises(InvalidError) as caught:
        rows(file, text, **how)
    return [problem.code for problem in caught.value.problems]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "export.csv"


def seen(found: list[Case | Unreadable]) -> list[tuple[str | None, str | None]]:
    return [(row.act.at.isoformat() if row.act.at else None, row.act.text) for row in found
            if isinstance(row, Case)]  # fmt: skip


@pytest.mark.parametrize("columns", [None, "meta-instagram"])
def test_an_export_is_known_by_its_header_or_named_and_read_in_order_of_time(
    file: Path, columns: str | None
) -> None:
    found = rows(file, META, zone="Europe/Paris", columns=columns)
    assert seen(found) == [
        ("2026-03-26T17:12:00+00:00", "Un"),
        ("2026-03-27T05:08:00+00:00", "Deux"),
    ]
    first = found[0]
    assert isinstance(first, Case)
    assert (first.act.kind, first.act.network, first.act.account) == (
        "publish",
        "instagram",
        "lanterne",
    )


def test_a_zone_is_asked_for_where_moments_say_none(file: Path) -> None:
    assert refused(file, META) == ["zone-needed"]
    assert refused(file, META, zone="Europe/Pari") == ["unknown-zone"]
    (row,) = rows(file, "at,text\n2026-03-02 09:00,Hm\n")
    assert isinstance(row, Unreadable)


def test_moments_with_their_offset_need_no_zone(file: Path) -> None:
    text = (
        "Tweet id,Tweet permalink,Tweet text,time\n1,https://x.com/u/1,Hm,2026-06-20 09:00 +0200\n"
    )
    assert seen(rows(file, text)) == [("2026-06-20T07:00:00+00:00", "Hm")]


KEPT: Final = {
    "columns": {"at": "When", "text": "What", "topics": None},
    "dates": "DD.MM.YYYY HH:mm",
    "zone": "Europe/Paris",
    "separator": ";",
    "usual": {"kind": "publish"},
}


def test_a_map_may_say_zone_dates_separator_and_what_is_usual(file: Path) -> None:
    (row,) = rows(file, "When;What;topics\n02.03.2026 09:00;Hm;a\n", columns=KEPT)
    assert isinstance(row, Case)
    assert (row.act.kind, row.act.topics) == ("publish", None)
    assert seen([row]) == [("2026-03-02T08:00:00+00:00", "Hm")]


@pytest.mark.parametrize(("cell", "code"), [
    ("29.03.2026 02:30", "hour-not-once"),
    ("25.10.2026 02:30", "hour-not-once"),
    ("31.02.2026 09:00", "wrong-value"),
    ("soon", "wrong-value"),
    ("2026-03-02", "naive-datetime"),
])  # fmt: skip
def test_an_hour_that_comes_twice_or_never_is_not_guessed(file: Path, cell: str, code: str) -> None:
    (row,) = rows(file, f"When;What\n{cell};Hm\n", columns=KEPT)
    assert isinstance(row, Unreadable)
    assert row.problems[0].code == code


def test_bare_moments_are_in_the_zone_that_is_told(file: Path) -> None:
    text = (
        "at,text,event.fair\n2026-03-02T09:00:30,Hm,2026-03-01 09:00\n"
        "soon,Hm,\n2026-13-02 09:00,Hm,\n2026-03-02T09:00Z,Hm,\n"
    )
    first, *broken, last = rows(file, text, zone="Europe/Paris")
    assert seen([first, last]) == [
        ("2026-03-02T08:00:30+00:00", "Hm"),
        ("2026-03-02T09:00:00+00:00", "Hm"),
    ]
    assert isinstance(first, Case)
    assert str(first.context.events["fair"]) == "2026-03-01 08:00:00+00:00"
    assert all(isinstance(row, Unreadable) for row in broken)


def test_a_map_that_is_wrong_says_everything_that_is(file: Path) -> None:
    told = {"columns": {"at": 3}, "zone": "Nowhere", "dates": "MM/YYYY", "separater": ";"}
    assert sorted(refused(file, "a\n1\n", columns=told)) == [
        "bad-dates", "unknown-key", "unknown-zone", "wrong-value",
    ]  # fmt: skip
    assert refused(file, "a\n1\n", columns="meta-instagramm") == ["no-sheet"]
    assert refused(file, "a\n1\n", columns={**KEPT, "dates": "YYYY MM DD DD"}) == ["bad-dates"]


def test_a_row_of_an_export_that_does_not_read_stays_behind_the_one_above_it(file: Path) -> None:
    found = rows(file, META + "3,x\n", zone="UTC")
    assert [isinstance(row, Unreadable) for row in found] == [False, True, False]


def test_a_row_of_an_export_whose_moment_does_not_read_is_told(file: Path) -> None:
    found = rows(file, META + "3,7,lanterne,La Lanterne,Trois,0,soon\n", zone="UTC")
    assert [isinstance(row, Unreadable) for row in found] == [False, True, False]


def test_each_ready_made_map_says_where_it_comes_from() -> None:
    assert all(sheet.source and sheet.columns["at"] for sheet in READY.values())
