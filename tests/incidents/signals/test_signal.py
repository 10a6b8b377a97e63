from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from cmcore.base.errors import InvalidError
from cmcore.charters.act import Act, Message
from cmcore.charters.context import Context
from cmcore.charters.history import Case, Unreadable
from cmcore.incidents.signals.signal import (
    Detection,
    Rhythm,
    Sighting,
    Signal,
    SignalKind,
    SignalState,
    Undetectable,
)
from cmcore.strategies import detections, sightings, signals

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEVEL = 0.0001
SHORT = "not enough history"
VOLUME = Signal(
    SignalKind.VOLUME,
    SignalState.UNUSUAL,
    seen=41,
    usual=6.25,
    chance=1 / 23_567,
    level=LEVEL,
    least=24,
    since=NOON - timedelta(hours=2),
    rhythm=Rhythm.WEEK,
    weeks=8,
    windows=8,
    dispersion=1.4,
)
MOOD = Signal(
    SignalKind.MOOD,
    SignalState.USUAL,
    seen=3,
    among=20,
    usual=0.125,
    chance=0.14,
    level=LEVEL,
    least=13,
    rhythm=Rhythm.AROUND,
    weeks=8,
)
REPEATS = Signal(
    SignalKind.REPEATS,
    SignalState.UNUSUAL,
    seen=18,
    among=20,
    usual=0.0,
    chance=0.0,
    level=LEVEL,
    rhythm=Rhythm.AROUND,
    weeks=8,
    quote="where are our\nparcels",
)
SPREAD = Signal(
    SignalKind.SPREAD, SignalState.UNTOLD, lack=Undetectable.ALONE, level=LEVEL, weeks=8
)
FOUND = Detection(
    NOON,
    timedelta(hours=1),
    zone="Europe/Paris",
    false_alarms=0.05,
    every=timedelta(hours=1),
    signals=(VOLUME, MOOD, REPEATS, SPREAD),
    total=41,
    undated=2,
)
SHOWN = """\
unusual: volume, repeated text
  unusual      volume         messages: 41, usually 6.25; as much by chance: 1 window in 24,000; since 2026-03-02 11:00+01:00
  usual        mood           negative: 3 of 20, usually 12.5%; unusual from 13
  unusual      repeated text  copies: 18 among 20 texts, usually 0.0%; “where are our parcels”; as much by chance: less than 1 window in 1,000,000,000
  cannot tell  spread         fewer than two networks have enough history
  without a known time, and left out: 2

What was looked at
  signal         seen     usually  unusual from  by chance                            compared with
  volume         41       6.25     24            1 window in 24,000                   the same time of the week, over 8 weeks
  mood           3 / 20   12.5%    13            14%                                  about the same time of every day, over 8 weeks
  repeated text  18 / 20  0.0%     –             less than 1 window in 1,000,000,000  about the same time of every day, over 8 weeks
  (from 2026-03-02 12:00 to 2026-03-02 13:00, Paris time; false alarms: 0.05 in a quiet week)"""  # noqa: E501 - as it is shown


class TestView:
    """A detection shows itself, in English and in French."""

    def test_it_says_what_was_seen_what_is_usual_and_how_rare_that_is(self) -> None:
        assert str(FOUND) == SHOWN
        assert FOUND.view().tone == "forbidden"

    def test_it_says_so_in_french(self) -> None:
        told = FOUND.text("fr").splitlines()
        assert told[0] == "inhabituel\xa0: volume, texte répété"
        assert told[1] == (
            "  inhabituel  volume        messages\xa0: 41, d’habitude 6,25\u202f; autant par"
            " hasard\xa0: 1 fenêtre sur 24\u202f000\u202f; depuis le 2\xa0mars\xa02026 à 11\xa0h"
            " (Paris)"
        )
        assert told[-1].endswith("fausses alertes\xa0: 0,05 par semaine calme)")

    def test_networks_are_named_where_they_are_unusual(self) -> None:
        spread = Signal(
            SignalKind.SPREAD,
            SignalState.UNUSUAL,
            seen=2,
            among=3,
            chance=0.02,
            networks=("a", "b"),
        )
        assert spread.text() == "networks unusual at once: 2 of 3; `a`, `b`; as much by chance: 2%"

    @pytest.mark.parametrize(
        ("lack", "weeks", "told"),
        [
            (Undetectable.SHORT, 0, f"{SHORT}: 0 whole weeks"),
            (Undetectable.SHORT, 1, f"{SHORT}: 1 whole week"),
            (Undetectable.EMPTY, 8, f"{SHORT}: nobody said anything in it"),
            (Undetectable.NOT_GIVEN, 1, "not given for these messages"),
            (
                Undetectable.BLIND,
                1,
                f"{SHORT} for so few false alarms: even 20 would not stand out",
            ),
            (Undetectable.ALONE, 8, "fewer than two networks have enough history"),
        ],
    )  # fmt: skip
    def test_it_says_why_it_cannot_tell(self, lack: Undetectable, weeks: int, told: str) -> None:
        signal = Signal(SignalKind.VOLUME, SignalState.UNTOLD, lack=lack, weeks=weeks, cap=20)
        assert signal.text() == told
        assert signal.text("fr") != told

    @pytest.mark.parametrize(
        ("chance", "told"),
        [
            (None, "–"),
            (0.5, "50%"),
            (0.01, "1%"),
            (0.0099, "1 window in 100"),
            (1 / 1234, "1 window in 1,200"),
            (1 / 987_654, "1 window in 990,000"),
            (1e-9, "1 window in 1,000,000,000"),
            (0.0, "less than 1 window in 1,000,000,000"),
        ],
    )
    def test_a_chance_is_one_in_so_many(self, chance: float | None, told: str) -> None:
        signal = Signal(
            SignalKind.VOLUME, SignalState.UNUSUAL, seen=9, usual=12345.6, chance=chance
        )
        assert signal.text() == f"messages: 9, usually 12346; as much by chance: {told}"

    @given(detections())
    def test_whatever_is_found_can_be_shown(self, found: Detection) -> None:
        for language in ("en", "fr"):
            lines = found.text(language).splitlines()
            assert len(lines) >= len(found.signals) + 2
        assert found._repr_mimebundle_()["text/html"]


class TestState:
    """One unusual signal is enough; nothing is calm when nothing could be told."""

    @pytest.mark.parametrize(
        ("signals_", "state", "headline", "tone"),
        [
            ([VOLUME, MOOD, SPREAD], SignalState.UNUSUAL, "unusual: volume", "forbidden"),
            ([MOOD], SignalState.USUAL, "nothing unusual", "covered"),
            (
                [MOOD, SPREAD],
                SignalState.USUAL,
                "nothing unusual, as far as is known",
                "covered",
            ),
            ([SPREAD], SignalState.UNTOLD, "cannot tell what is unusual", "exception"),
            ([], SignalState.UNTOLD, "cannot tell what is unusual", "exception"),
        ],
    )
    def test_the_whole_follows_from_the_signals(
        self, signals_: list[Signal], state: SignalState, headline: str, tone: str
    ) -> None:
        hour = timedelta(hours=1)
        found = Detection(NOON, hour, false_alarms=0.05, every=hour, signals=tuple(signals_))
        assert found.state is state
        assert found.view().title == headline
        assert found.view().tone == tone
        assert [one.kind for one in found.unusual] == ["volume"] * (state is SignalState.UNUSUAL)

    def test_a_signal_is_found_by_its_kind(self) -> None:
        assert FOUND.signal("mood") is MOOD
        with pytest.raises(InvalidError, match="`noise` was not looked at"):
            FOUND.signal("noise")

    @given(signals())
    def test_a_signal_that_is_told_has_its_chance(self, signal: Signal) -> None:
        if signal.state is SignalState.UNTOLD:
            assert signal.lack is not None
            assert signal.chance is None
            assert signal.since is None
        else:
            assert signal.chance is not None
            assert (signal.chance <= signal.level) == (signal.state is SignalState.UNUSUAL)
            assert (signal.since is not None) == (signal.state is SignalState.UNUSUAL)
            assert signal.dispersion is None or signal.dispersion >= 1


class TestSighting:
    """What is seen of anything that happens at an instant."""

    @given(sightings())
    def test_a_sighting_is_seen_as_it_is(self, sighting: Sighting) -> None:
        assert Sighting.of(sighting) is sighting

    @pytest.mark.parametrize(
        ("thing", "seen"),
        [
            (Act(at=NOON, text="hi", network="x"), Sighting(NOON, "hi", network="x")),
            (Act(at=NOON, labels={"tone": "hostile"}), Sighting(NOON, negative=True)),
            (Act(at=NOON, labels={"tone": "kind"}), Sighting(NOON, negative=False)),
            (Act(at=NOON, labels={"tone": 3}), Sighting(NOON)),
            (Case(Act(text="hi"), Context(at=NOON)), Sighting(NOON, "hi")),
            (Case(Act(at=NOON), Context(at=NOON.replace(year=2000))), Sighting(NOON)),
            (Message(at=NOON, tone="angry", text="no"), Sighting(NOON, "no", negative=True)),
            (Act(), None),
            (Case(Act()), None),
            (Unreadable("line 3"), None),
        ],
    )
    def test_what_is_known_is_seen(self, thing: object, seen: Sighting | None) -> None:
        assert Sighting.of(thing) == seen

    def test_the_negative_tones_may_be_others(self) -> None:
        seen = Sighting.of(Message(at=NOON, tone="sad"), {"sad"})
        assert seen == Sighting(NOON, negative=True)

    def test_what_happens_at_no_instant_is_refused(self) -> None:
        with pytest.raises(InvalidError, match="`12` is not something that happens"):
            Sighting.of(12)
        with pytest.raises(InvalidError, match="does not say its time zone"):
            Sighting(NOON.replace(tzinfo=None))
