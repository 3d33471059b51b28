"""The edit algebra: what apply, invert, compose, refine and the maps promise, for any text and any patch."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from normtool.history import Normalized, edit_findings
from normtool.model import CleanText, Edit, Location, Patch, RuleCode, Span
from normtool.patch import (
    apply,
    check_patch,
    compose,
    count_refined,
    invert,
    kept_spans,
    layer,
    line_starts,
    locate,
    refine,
    source_span,
    undo,
)

TEXT = st.text(alphabet="一二，,a \n（", max_size=30)
RULES = st.sampled_from([RuleCode("TXT001"), RuleCode("LAY003")])


@st.composite
def patches(draw: st.DrawFn, text: str) -> Patch:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return tuple(Edit(a, b, draw(TEXT), draw(RULES)) for a, b in pairs)


@st.composite
def text_and_patches(draw: st.DrawFn, count: int) -> tuple[str, list[Patch]]:
    text = draw(TEXT)
    out, at = [], text
    for _ in range(count):
        patch = draw(patches(at))
        out.append(patch)
        at = apply(at, patch)
    return text, out


@given(text_and_patches(1))
def test_invert_takes_back(case: tuple[str, list[Patch]]) -> None:
    text, (patch,) = case
    check_patch(text, patch)
    after = apply(text, patch)
    check_patch(after, invert(text, patch))
    assert apply(after, invert(text, patch)) == text


@given(text_and_patches(2))
def test_compose_does_what_both_do(case: tuple[str, list[Patch]]) -> None:
    text, (first, second) = case
    both = compose(first, second)
    check_patch(text, both)
    assert apply(text, both) == apply(apply(text, first), second)


@given(text_and_patches(3))
def test_compose_is_associative(case: tuple[str, list[Patch]]) -> None:
    text, (a, b, c) = case
    assert apply(text, compose(compose(a, b), c)) == apply(text, compose(a, compose(b, c)))


@given(text_and_patches(3))
def test_history_gives_back_the_source(case: tuple[str, list[Patch]]) -> None:
    text, chain = case
    layers, at = [], text
    for patch in chain:
        layers.append(layer(at, patch))
        at = apply(at, patch)
    assert undo(at, tuple(layers)) == text


@given(text_and_patches(1))
def test_refine_does_the_same_and_touches_only_differences(case: tuple[str, list[Patch]]) -> None:
    text, (patch,) = case
    for edit in patch:
        fine = refine(text[edit.start : edit.end], edit)
        check_patch(text, fine)
        assert apply(text, fine) == apply(text, (edit,))
        assert len(fine) == count_refined(text[edit.start : edit.end], edit)
        if len(edit.replacement) == edit.end - edit.start:
            assert all(a != b for e in fine for a, b in zip(text[e.start : e.end], e.replacement, strict=True))


@given(text_and_patches(3), st.data())
def test_untouched_characters_map_to_themselves(case: tuple[str, list[Patch]], data: st.DataObject) -> None:
    text, chain = case
    layers, at, origin = [], text, list(range(len(text)))
    for patch in chain:
        layers.append(layer(at, patch))
        moved: list[int | None] = []
        before = 0
        for e in patch:
            moved += [*origin[before : e.start], *([None] * len(e.replacement))]
            before = e.end
        origin = moved + origin[before:]
        at = apply(at, patch)
    if not at:
        return
    k = data.draw(st.integers(0, len(at) - 1))
    span = source_span(tuple(layers), Span(k, k + 1))
    assert 0 <= span.start <= span.end <= len(text)
    if origin[k] is not None:
        assert span == (origin[k], origin[k] + 1)


def test_equal_length_runs_map_place_by_place() -> None:
    patch = (Edit(0, 4, "节约用水", RuleCode("SCR001")),)
    assert source_span((layer("節約用水", patch),), Span(1, 2)) == (1, 2)


def test_a_span_over_a_removed_piece_covers_it() -> None:
    text = "4100多3、人"
    patch = (Edit(5, 7, "", RuleCode("CHR009")),)
    history = (layer(text, patch),)
    assert source_span(history, Span(4, 6)) == (4, 8)
    assert source_span(history, Span(5, 6)) == (7, 8)
    assert source_span(history, Span(4, 5)) == (4, 5)


def test_lines_end_at_every_newline_that_an_editor_knows() -> None:
    text = "甲\r\n乙\r丙\n丁"
    starts = line_starts(text)
    assert [locate(starts, text.index(c)) for c in "甲乙丙丁"] == [
        Location(1, 1),
        Location(2, 1),
        Location(3, 1),
        Location(4, 1),
    ]
    assert locate(starts, len(text)) == Location(4, 2)


def test_a_fix_deletes_nothing_that_another_edit_took_out_before():
    """A page's header stood inside a paragraph: the join deletes the line breaks around it, and the header is the other rule's."""
    text = "甲乙，\n页眉\n\n丙丁。"
    first = layer(text, (Edit(4, 7, "", RuleCode("CHR010")),))
    between = apply(text, first.patch)
    second = layer(between, (Edit(3, 5, "", RuleCode("LAY001")),))
    clean = CleanText(apply(between, second.patch))
    header, join = edit_findings(Normalized(clean, (first, second), ()))
    assert [edit[:3] for edit in header.fix.edits] == [(4, 7, "")]
    assert [edit[:3] for edit in join.fix.edits] == [(3, 4, ""), (7, 8, "")]
    assert join.span == (3, 8)


@given(text_and_patches(3), st.data())
def test_kept_spans_hold_the_characters_of_the_range(case: tuple[str, list[Patch]], data: st.DataObject) -> None:
    text, chain = case
    layers, at = [], text
    for patch in chain:
        layers.append(layer(at, patch))
        at = apply(at, patch)
    start = data.draw(st.integers(0, len(at)))
    end = data.draw(st.integers(start, len(at)))
    kept = kept_spans(tuple(layers), Span(start, end))
    assert not kept or sum(b - a for a, b in kept) == end - start
    assert all(one.end < other.start for one, other in itertools.pairwise(kept))
    untouched = [
        k for k in range(start, end) if source_span(tuple(layers), Span(k, k + 1)) in ((a, a + 1) for a in range(len(text)))
    ]
    if kept and len(untouched) == end - start:
        whole = source_span(tuple(layers), Span(start, end))
        assert whole.start <= kept[0].start
        assert kept[-1].end <= whole.end
