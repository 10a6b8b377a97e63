"""What the tests of the command line start from: a few small files, and a way to run commands."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from cmcore.cli.app import app

CHARTER: Final = """\
charter: shop
version: 2
labels: {price_claim: flag, score: number, mood: [calm, angry]}
circuits:
  desk: [{ask: {role: editor}}]
  crisis: [{ask: {role: manager}}]
default: desk
rules:
  - permit: daily
    when: {kind: publish, topics: {any of: [product]}, price_claim: no}
    because: Everyday posts go out.
  - refer: recall
    to: crisis
    when: {topics: {any of: [recall]}}
    because: Two people see a recall first.
  - forbid: competitor
    when: {topics: {any of: [competitor]}}
    because: No word on a competitor.
  - refer: summer
    to: desk
    when: {topics: {any of: [sales]}, any: [{score: {present: yes}}, {mood: {present: yes}}]}
    because: The sales were read first.
    through: 2025-08-31
"""
SIGNED: Final = "approved by: [ana, bo]\napproved on: 2026-01-05\nreview by: 2026-06-30\n"
HEADER: Final = "id,at,kind,topics,price_claim\n"
COVERED: Final = "{id},2026-0{month}-03T10:00+00:00,publish,product,no\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return what runs a command in a folder with `charter.yaml`, `signed.yaml` and histories."""
    monkeypatch.chdir(tmp_path)
    Path("charter.yaml").write_text(CHARTER, encoding="utf-8")
    Path("signed.yaml").write_text(CHARTER + SIGNED, encoding="utf-8")
    rows = "".join(COVERED.format(id=n, month=1 + n % 3) for n in range(90))
    Path("met.csv").write_text(HEADER + rows, encoding="utf-8")
    told = (
        HEADER + "a,2026-01-01T10:00+00:00,publish,product,no\n"
        "b,2026-01-02T10:00+00:00,publish,recall,no\n"
        "c,2026-01-03T10:00+00:00,publish,competitor,no\n"
        "d,2026-01-04T10:00+00:00,publish,,no\n"
        "e,2026-02-04T10:00+00:00,publish,party,no\n"
        "f,2026-02-05T10:00,publish,product,no\n"
    )
    Path("missed.csv").write_text(told, encoding="utf-8")
    Path("empty.csv").write_text(HEADER, encoding="utf-8")

    def invoke(*args: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, args, input=stdin, prog_name="cmcore")

    return invoke
