"""Each idea of the source texts is run: a planted organisation fails it, a sound one passes."""

import pytest

from cmcore import Known, checkup
from cmcore.policy.checking import CHECKS

from .planted import MENDED, NOW, SOUND, SPOILS


def test_everything_that_is_checked_can_be_spoilt() -> None:
    assert sorted(SPOILS) == sorted(CHECKS)


@pytest.mark.parametrize("code", CHECKS)
def test_a_sound_organisation_passes_and_a_spoilt_one_fails(code: str) -> None:
    sound = checkup(MENDED.get(code, SOUND), NOW).check(code)
    assert sound.known is Known.YES, sound.evidence()
    spoilt = checkup(SPOILS[code](SOUND), NOW).check(code)
    assert spoilt.known is Known.NO, spoilt.evidence()
