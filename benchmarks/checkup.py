"""Check real histories: which of the texts' questions can be answered from what is public.

Run as `python benchmarks/checkup.py FOLDER`, where FOLDER holds `fr_free_mobile_pseudo.csv`, the
French posts about a brand and those of its own accounts, with their instants and texts; and
`uci_facebook_metrics.csv`, five hundred posts of a brand with their type, hour, payment, reach and
engagement, without text or date. Only what can be computed is answered; the rest is counted by what
it wants. Nothing of the posts is printed, save the words of the most repeated template.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from cmcore import Act, Organisation, checkup
from cmcore.organisations import Aims, Checkup, Figures, Known

ARGUMENTS = 2
REPOST = "rt :"
#: What the metrics call direct advertising, and offers and contests.
ADVERTISING, OFFERS = "2", "1"
#: The year of the metrics, which tell months and no days.
YEAR = 2014
NEW_YEAR = datetime(YEAR + 1, 1, 1, tzinfo=UTC)
WHOLE = Aims(back=None)


def free(folder: Path) -> Iterator[Act]:
    """Yield the acts of the brand's accounts; what is not a repost is a post or an answer."""
    with (folder / "fr_free_mobile_pseudo.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["author_is_brand"] == "1":
                is_repost = row["text"].startswith(REPOST)
                yield Act(
                    id=row["id"],
                    kind="share" if is_repost else _kind(row),
                    at=datetime.fromisoformat(row["date"]),
                    network="x",
                    account=row["author"],
                    text=row["text"],
                )


def _kind(row: dict[str, str]) -> str:
    """Return `reply` for the account that answers people, `publish` for the others."""
    return "reply" if row["author"] == "Freebox" else "publish"


def read_metrics(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the metrics."""
    path = folder / "uci_facebook_metrics.csv"
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def post(row: dict[str, str]) -> Act:
    """Return a post, of which neither the day nor the text is known."""
    return Act(
        kind="publish",
        network="facebook",
        media={row["Type"].lower()},
        paid={"1": True, "0": False}.get(row["Paid"]),
        labels={"promotional": row["Category"] in {ADVERTISING, OFFERS}},
    )


def figures(rows: list[dict[str, str]]) -> Iterator[Figures]:
    """Yield the figures of each month, as if they were counted on its 28th."""
    for month in sorted({int(row["Month"]) for row in rows}):
        some = [row for row in rows if int(row["Month"]) == month]
        yield Figures(
            date(YEAR, month, 28),
            "facebook",
            followers=max(int(row["Page_T_Likes"]) for row in some),
            engagement=sum(int(row["T_Interactions"]) for row in some),
            reach=sum(int(row["T_Reach"]) for row in some),
            posts=len(some),
        )


def show(found: Checkup, took: float) -> None:
    """Print what was answered, and what the rest wants."""
    counts = {str(known): len(found.of(known)) for known in Known}
    print(f"{found.organisation}, at {found.at:%Y-%m-%d %H:%M}, in {took * 1000:.0f} ms: {counts}")
    checks = {check.code: check for answer in found.answers for check in answer.checks}
    for check in checks.values():
        if check.said:
            print(f"  {check.known}: {check.name()}: {check.evidence()}")
    wants = Counter(want for check in checks.values() if not check.said for want in check.wants)
    print(f"  not looked at, for want of: {dict(sorted(wants.items()))}")


def timed(organisation: Organisation, at: datetime, aims: Aims) -> None:
    """Check an organisation and print what comes of it."""
    before = perf_counter()
    found = checkup(organisation, at, aims=aims)
    show(found, perf_counter() - before)


def main(folder: Path) -> None:
    """Check both histories."""
    acts = list(free(folder))
    last = max(act.at for act in acts if act.at is not None) + timedelta(seconds=1)
    brand = Organisation("a telecom brand", zone="Europe/Paris", history=acts)
    for aims in (Aims(), WHOLE):
        print("posts of 92 days" if aims.back else "all posts")
        timed(brand, last, aims)
    rows = list(read_metrics(folder))
    cosmetics = Organisation(
        "a cosmetics brand", history=map(post, rows), figures=figures(rows), zone="Europe/Lisbon"
    )
    print("all posts")
    timed(cosmetics, NEW_YEAR, WHOLE)
    paid = sum(row["Paid"] == "1" for row in rows)
    kinds = Counter(row["Category"] for row in rows)
    print(
        f"{len(rows)} posts: {paid} are paid for, {kinds[ADVERTISING]} advertise, "
        f"{kinds[OFFERS]} are offers or contests"
    )


if __name__ == "__main__":
    if len(sys.argv) != ARGUMENTS:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
