"""What the tests of checks share."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from cmcore import Organisation, checkup
from cmcore.organisations import Aims, Check

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
Checked = Callable[..., tuple[str, str]]


@pytest.fixture
def check() -> Checked:
    """Return what makes one check of what is given, and tells its answer and its evidence."""

    def made(code: str, aims: Aims | None = None, **given: Any) -> tuple[str, str]:  # noqa: ANN401
        found: Check = checkup(Organisation("o", **given), NOW, aims=aims).check(code)
        return str(found.known), found.evidence()

    return made
