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


@pytest.mark.parametrize(("dates", "cell", "found"), [
    ("M/D/YYYY h:mm a", "3/2/2026 9:05 PM", "2026-03-02T21:05:00+00:00"),
    ("M/D/YYYY h:mm a", "3/2/2026 12:05 a.m.", "2026-03-02T00:05:00+00:00"),
    ("M/D/YYYY h:mma", "3/2/2026 12:05pm", "2026-03-02T12:05:00+00:00"),
    ("MM/DD/YYYY HH:mm:ssa", "03/02/2026 13:05:09PM", "2026-03-02T13:05:09+00:00"),
    ("MMM D, YYYY", "Mar 2, 2026", "2026-03-02T00:00:00+00:00"),
    ("D MMMM YYYY at H:mm", "2 march 2026 at 9:05", "2026-03-02T09:05:00+00:00"),
    ("D.M.YYYY HHhmm", "2.3.2026 09h05", "2026-03-02T09:05:00+00:00"),
    ("YYYYMMDDTHHmmssZ", "20260302T090500+0200", "2026-03-02T07:05:00+00:00"),
    ("snowflake", "1541815603606036480", "2022-06-28T16:07:40.105000+00:00"),
])  # fmt: skip
def test_dates_are_read_as_their_pattern_says(
    file: Path, dates: str, cell: str, found: str
) -> None:
    how = {"columns": {"at": "When", "text": "What"}, "dates": dates, "zone": "UTC"}
    assert seen(rows(file, f"When;What\n{cell};Hm\n", separator=";", columns=how)) == [
        (found, "Hm")
    ]


@pytest.mark.parametrize(("dates", "code", "named"), [
    ("DD/MM/YY HH:mm", "dates-part", "`YY`"),
    ("dd/MM/yyyy", "dates-part", "`dd`"),
    ("%d/%m/%Y", "dates-part", "`%Y`"),
    ("DD/MM HH:mm", "bad-dates", "the year"),
    ("DD/MM/YYYY HH:MM", "bad-dates", "once"),
    ("DD/MM/YYYY" + " " * 100, "bad-dates", "once"),
    ("DD/MM/YYYY hh:mm", "dates-half", "half"),
])  # fmt: skip
def test_a_pattern_that_is_none_says_which_part_is_not_read(
    file: Path, dates: str, code: str, named: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        rows(file, "a\n", columns={"columns": {"at": "a"}, "dates": dates, "zone": "UTC"})
    assert {problem.code for problem in caught.value.problems} == {code}
    assert named in str(caught.value)


def test_x_says_the_moment_of_a_post_by_its_number(file: Path) -> None:
    text = (
        "Post id,Date,Post text,Post Link,Impressions,Likes\n"
        '1541815603606036480,"Tue, Jun 28, 2022",Hm,https://x.com/u/status/1,120,3\n'
        'soon,"Tue, Jun 28, 2022",Hm,https://x.com/u/status/2,1,0\n'
    )
    first, second = rows(file, text)
    assert seen([first]) == [("2022-06-28T16:07:40.105000+00:00", "Hm")]
    assert isinstance(second, Unreadable)


def test_what_instagram_calls_a_post_says_its_format_and_its_media(file: Path) -> None:
    head, *lines = META.splitlines()
    for columns in (None, "meta-instagram"):
        for called, (format_, media) in {
            "IG image": ("post", {"image"}),
            "IG reel": ("reel", {"video"}),
            "IG carousel": ("carousel", None),
            "Reel Instagram": (None, None),
        }.items():
            text = f"{head},Post type\n{lines[0]},{called}\n"
            (row,) = rows(file, text, zone="UTC", columns=columns)
            assert isinstance(row, Case)
            assert (row.act.format, row.act.media) == (format_, media)


@pytest.mark.parametrize(("cell", "text"), [
    ('"One ""\n""""\n""Two ""and"" three"', 'One \n\nTwo "and" three'),
    ('"One ""\r\n""Two"', "One \r\nTwo"),
    ('"He said ""Hm""\n""Hm"" again\nand again"', 'He said "Hm"\n"Hm" again\nand again'),
    ('"One ""\n""Two"', "One \nTwo"),
    ('"One ""\n\n""Two"', "One \n\nTwo"),
    ('"One ""\n"" ""\n""Two"', "One \n \nTwo"),
    ('"Il dit ""Un""\n""Deux"" dit-elle"', 'Il dit "Un\nDeux" dit-elle'),
    ('"""Un""\n""""\n""Deux"""""', '"Un\n\nDeux""'),
    ('"""\n""Un""\n"""', "\nUn\n"),
    ('"""Un"" fois"', '"Un" fois'),
    ("One", "One"),
])  # fmt: skip
def test_lines_of_linkedin_lose_the_quotes_around_each(file: Path, cell: str, text: str) -> None:
    head = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
    told = f"{head}2026-03-02 08:00:00,https://l.example/1,{cell},,,MEMBER_NETWORK\n"
    file.write_text(told, encoding="utf-8", newline="")
    read = read_history(file, CHARTER)
    assert seen([*read]) == [("2026-03-02T08:00:00+00:00", text)]
    assert read.left_alone == {}  # what this table has beside facts is known


@pytest.mark.parametrize("columns", [None, "linkedin-shares"])
def test_a_share_of_several_pictures_is_one_whatever_capitals_its_header_has(
    file: Path, columns: str | None
) -> None:
    head = "Date,ShareLink,ShareCommentary,SharedURL,MediaURL,Visibility\n"
    row = "2020-07-23 02:21:46,https://l.example/{},{},https://a.example,https://m.example/{},ALL\n"
    told = [(1, "Hm", 1), (1, "Hm", 2), (1, "Hm", 3), (2, "Hm", 1), (1, "Hm", 4)]
    found = rows(file, head + "".join(row.format(*one) for one in told), columns=columns)
    assert [row.act.id if isinstance(row, Case) else row.problems[0].code for row in found] == [
        "https://l.example/1",
        "https://l.example/2",
        "id-repeated",
    ]
    assert seen(found[:1]) == [("2020-07-23T02:21:46+00:00", "Hm")]


def test_rows_that_say_the_same_without_an_id_are_as_many_posts(file: Path) -> None:
    meta = {"columns": {"at": "Publish time", "text": "Description"}}
    text = "Publish time,Description\n2026-03-02T08:00Z,Hm\n2026-03-02T08:00Z,Hm\n"
    assert len(seen(rows(file, text, columns=meta))) == 2
    line = "1,7,lanterne,La Lanterne,Un,0,03/26/2026 18:12\n"
    nameless = META.splitlines()[0] + 2 * f"\n{line.removeprefix('1').strip()}" + "\n"
    assert len(seen(rows(file, nameless, zone="UTC"))) == 2


def test_the_zone_that_is_told_goes_before_that_of_the_export(file: Path) -> None:
    text = "Date,ShareLink,ShareCommentary,SharedUrl\n2026-07-01 10:00:00,https://l.example/1,Hm,\n"
    assert seen(rows(file, text, zone="Europe/Paris")) == [("2026-07-01T08:00:00+00:00", "Hm")]


def test_a_row_of_an_export_that_does_not_read_stays_behind_the_one_above_it(file: Path) -> None:
    found = rows(file, META + "3,x\n", zone="UTC")
    assert [isinstance(row, Unreadable) for row in found] == [False, True, False]


def test_a_row_of_an_export_whose_moment_does_not_read_is_told(file: Path) -> None:
    found = rows(file, META + "3,7,lanterne,La Lanterne,Trois,0,soon\n", zone="UTC")
    assert [isinstance(row, Unreadable) for row in found] == [False, True, False]


def test_each_ready_made_map_says_where_it_comes_from() -> None:
    assert all(sheet.source and sheet.columns["at"] for sheet in READY.values())


#: Heads that tools give their tables, and how their moments are written: a column has the hour.
HOURS: Final = (
    ("Text", "Date", "Time", "YYYY-MM-DD HH:mm:ss", "2026-12-31", "14:05:00"),
    ("message_text", "date", "time_24hr", "DD/MM/YYYY HH:mm", "31/12/2026", "14:05"),
    ("Message", "Publishing date", "Publishing time", "DD/MM/YYYY HH:mm", "31/12/2026", " 14:05 "),
    ("Text", "Date", "Time", None, "2026-12-31", "14:05"),
)


@pytest.mark.parametrize("told", HOURS)
def test_an_hour_may_stand_in_a_column_of_its_own(
    file: Path, told: tuple[str, str, str, str | None, str, str]
) -> None:
    text, day, hour, dates, on, at = told
    sheet = {
        "columns": {"at": day, "text": text},
        "time": hour,
        "zone": "Europe/Paris",
        **({"dates": dates} if dates else {}),
    }
    head = f"{text},{day},{hour}\n"
    table = f"{head}Hm,{on},{at}\nWhen,{on},\nDraft,,\nLost,,{at}\n"
    found = rows(file, table, columns=sheet)
    assert seen(found) == [
        ("2026-12-31T13:05:00+00:00", "Hm"),
        (None, "Draft"),
        (None, "Lost"),
    ]
    assert isinstance(found[1], Unreadable)


def test_a_column_of_hours_that_is_not_there_is_refused_with_the_nearest(file: Path) -> None:
    sheet = {"columns": {"at": "Date", "text": "Text"}, "time": "Tme", "zone": "Europe/Paris"}
    with pytest.raises(InvalidError, match=r"time, line 1: .*did you mean `Time`\?"):
        rows(file, "Text,Date,Time\nHm,2026-12-31,14:05\n", columns=sheet)


def test_a_column_of_hours_is_not_told_as_left_alone(file: Path) -> None:
    file.write_text("Text,Date,Time,Likes\nHm,2026-12-31,14:05,3\n", encoding="utf-8")
    sheet = {"columns": {"at": "Date", "text": "Text"}, "time": "Time", "zone": "Europe/Paris"}
    read = read_history(file, CHARTER, columns=sheet)
    assert len([*read]) == 1
    assert read.left_alone == {"Likes": 1}
