"""Facts about the order of steps: it is the one that fewest answers contradict."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from kbgen.drafts.agreement import Agreed
from kbgen.drafts.order import Pair, alternatives, disputed, ordered, precedence
from kbgen.drafts.sayings import Sort


def step(text: str, **places: int) -> Agreed:
    """A step by where the answers to tickets t0, t1 … have it."""
    found = tuple((int(ticket[1:]), place) for ticket, place in places.items())
    return Agreed(
        text=text, sort=Sort.STEP, support=len(found), people=len(found), wordings=1, places=found, sources=()
    )


def test_most_answers_decide() -> None:
    """Two of three answers open before they save, so a draft does, whatever the mean place."""
    opened, saved = step("Open.", t0=0, t1=0, t2=9), step("Save.", t0=1, t1=1, t2=0)
    assert [s.text for s in ordered([saved, opened])] == ["Open.", "Save."]


def test_pairs_carry_over() -> None:
    """Steps that never stand together are ordered by the ones between them."""
    a, b, c = step("A.", t0=3, t1=3), step("B.", t0=4, t1=4, t2=0, t3=0), step("C.", t2=1, t3=1)
    assert [s.text for s in ordered([c, b, a])] == ["A.", "B.", "C."]


def test_contradicted_order_is_said() -> None:
    """Where answers give both orders, the two steps are named; one voice in four is not enough."""
    a, b = step("A.", t0=0, t1=0, t2=1, t3=1), step("B.", t0=1, t1=1, t2=0, t3=0)
    assert disputed([a, b]) == (Pair(first=1, second=2),)
    c, d = step("C.", t0=0, t1=0, t2=0, t3=1), step("D.", t0=1, t1=1, t2=1, t3=0)
    assert disputed([c, d]) == ()


def test_steps_that_never_stand_together_may_be_alternatives() -> None:
    """Two steps that share no answer, though chance would have them share three, are asked about."""
    a = step("A.", **{f"t{n}": 0 for n in range(6)})
    b = step("B.", **{f"t{n}": 0 for n in range(6, 12)})
    assert alternatives([a, b]) == (Pair(first=1, second=2),)
    assert alternatives([a, step("C.", t5=1, t6=0)]) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.permutations(range(4)), min_size=1, max_size=6))
def test_no_other_order_has_fewer_contradictions(answers: list[list[int]]) -> None:
    """Against all orders of up to four steps, and whatever the order in which they come."""
    steps = [step(f"S{n}.", **{f"t{t}": order.index(n) for t, order in enumerate(answers)}) for n in range(4)]

    def cost(some: tuple[Agreed, ...]) -> int:
        before = precedence(some)
        return sum(int(before[j, i]) for i in range(4) for j in range(i + 1, 4))

    best = ordered(steps)
    assert cost(best) == min(cost(tuple(order)) for order in permutations(steps))
    assert ordered(steps[::-1]) == best
