"""What is worked out of a charter is kept with it, and is no part of it."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor

import attrs

from cmcore import Act, Charter, catalog, decide
from cmcore.charters import compiled

ACTS = [Act(kind=kind, network=network, text="Un rappel du lot 12.")
        for kind in ("publish", "reply", "delete") for network in ("x", "bluesky")]  # fmt: skip


def fresh() -> Charter:
    """Return a charter of which nothing is kept yet."""
    return attrs.evolve(catalog.charters["small-brand"])


def test_a_charter_that_decided_is_the_value_it_was() -> None:
    charter, other = fresh(), fresh()
    before = pickle.dumps(charter), repr(charter), hash(charter), charter.digest
    for act in ACTS:
        decide(charter, act)
    assert charter.notes
    assert (pickle.dumps(charter), repr(charter), hash(charter), charter.digest) == before
    assert charter == other
    copies = (copy.copy(charter), copy.deepcopy(charter), pickle.loads(pickle.dumps(charter)))  # noqa: S301 - its own
    for one in (*copies, attrs.evolve(charter)):
        assert one == charter
        assert one.notes == {}


def test_a_changed_charter_keeps_nothing_of_the_one_it_was() -> None:
    charter = fresh()
    told = [decide(charter, act).outcome for act in ACTS]
    bare = attrs.evolve(charter, rules=())
    assert {decide(bare, act).determining for act in ACTS} == {()}
    assert [decide(charter, act).outcome for act in ACTS] == told


def test_many_threads_decide_what_one_does() -> None:
    due = [decide(fresh(), act) for act in ACTS]
    charter = fresh()
    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(lambda act: decide(charter, act), ACTS * 20)] == due * 20


def test_an_index_is_made_once_for_a_charter() -> None:
    charter = fresh()
    assert compiled(charter).kernel is compiled(charter).kernel
