"""The schemas of verdicts: whatever is written of one fits, and what has another key does not."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cmcore import Audit, Decision, Review, schema, unstructure
from cmcore.automoderator import AutomoderatorImport
from cmcore.charters import Analysis, Comparison, Contrast, Proof, Suggestion
from cmcore.circuits import Completability
from cmcore.codec import CedarExport
from cmcore.decisionlog import LogCheck, LogEntry, Replay
from cmcore.incidents import Conduct
from cmcore.incidents.replay.owed import Due
from cmcore.incidents.signals.signal import Detection
from cmcore.organisations import Agenda, Checkup
from cmcore.requests import Backlog
from cmcore.requests.follow_up.response_times import ResponseTimes
from cmcore.requests.staff.staffing import Staffing
from cmcore.reviews import Promotion, ReviewStatus, Timeline
from cmcore.reviews.events import EVENTS, ReviewEvent
from cmcore.teams import (
    Alternatives,
    Assignment,
    Coverage,
    Remedy,
    Verification,
    WhatIf,
    WhyNot,
)

#: Whose schemas are closed: no other key fits. That what is written fits is a law of `read back`.
KINDS = (
    *(Coverage, Completability, Conduct, Backlog, Analysis, Contrast, Proof, Checkup, Agenda),
    *(Assignment, Verification, Remedy, WhatIf, WhyNot, Alternatives, AutomoderatorImport),
    *(Decision, Audit, Review, ReviewEvent, *EVENTS, ReviewStatus, Timeline),
    *(LogEntry, LogCheck, Replay, Comparison, Promotion, Suggestion, CedarExport),
    *(Detection, Due, ResponseTimes, Staffing),
)
FEW = settings(
    max_examples=max(10, settings().max_examples // 4),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@FEW
@given(data=st.data())
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_of_a_verdict_fits_its_schema(kind: type[Any], data: st.DataObject) -> None:
    known = Draft202012Validator(schema(kind))
    written = unstructure(data.draw(st.from_type(kind)))
    assert [error.message for error in known.iter_errors(written)] == []
    assert not known.is_valid({**written, "no such key": 1})
    assert not known.is_valid([written])


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_a_verdict_is_one_and_needs_no_other(kind: type[Any]) -> None:
    made = schema(kind)
    Draft202012Validator.check_schema(made)
    assert made["title"] == kind.__name__
    assert made == schema(kind)
    refs = set(re.findall(r'"\$ref": "#/\$defs/([^"]+)"', json.dumps(made)))
    assert refs - made.get("$defs", {}).keys() == set()
