"""A session at the terminal: the situation, the question, what is seen, and the debrief."""

from __future__ import annotations

from random import Random

import click

from bankcore.commands.options import View
from bankcore.commands.output import bold, heading
from bankcore.products.reason_texts import refusal_text
from bankcore.projections.sentences import sentence
from bankcore.scenarios.parts import Words
from bankcore.scenarios.script import Figure, Option, Point
from bankcore.training.debrief import Debrief, Review
from bankcore.training.grading import Grade
from bankcore.training.play import Seen
from bankcore.training.session import Sitting
from bankcore.values.errors import BadInput

HINT = "?"
DO = "do "
LETTERS = "ABCDEFGH"


def ask_through(view: View, sitting: Sitting, mode: str) -> None:
    """Ask a person at every point; at the end offer to go back, except in an exam."""
    show_opening(view, sitting)
    while True:
        while (point := sitting.next_point()) is not None:
            _tell_news(view, sitting)
            _ask(view, sitting, point, mode)
        _tell_news(view, sitting)
        if mode == "exam" or not _again(view, sitting):
            return


def show_opening(view: View, sitting: Sitting) -> None:
    """Title, story and what is visible of the people."""
    script = sitting.source.script
    heading(script.title.said(view.lang))
    click.echo(script.story.said(view.lang).strip())
    for person in script.cast:
        click.echo(f"\n{person.name.said(view.lang)}: {person.about.said(view.lang)}")
        for fact in person.visible:
            click.echo(f"  - {fact.said(view.lang)}")


def _tell_news(view: View, sitting: Sitting) -> None:
    for words in sitting.play.told:
        click.echo(f"\n… {words.said(view.lang)}")
    sitting.play.told.clear()


def _ask(view: View, sitting: Sitting, point: Point, mode: str) -> None:
    heading(f"{point.on}  {point.situation.said(view.lang)}")
    for person, fact in sitting.play.known():
        click.echo(f"  ({person.name.said(view.lang)}: {fact.fact.said(view.lang)})")
    for figure in point.figure:
        _ask_figure(view, sitting, figure, mode)
    if point.option:
        _ask_option(view, sitting, point, mode)


def _ask_figure(view: View, sitting: Sitting, figure: Figure, mode: str) -> None:
    while True:
        answer = _prompt(figure.ask.said(view.lang))
        if _side_step(view, sitting, answer, mode):
            continue
        if not answer:
            sitting.skip()
            return
        try:
            _show(view, sitting.quote(figure, answer))
        except BadInput as wrong:
            click.echo(str(wrong))
            continue
        return


def _ask_option(view: View, sitting: Sitting, point: Point, mode: str) -> None:
    shuffled = _shuffled(point, sitting.state.seed) if mode == "exam" else list(point.option)
    for letter, option in zip(LETTERS, shuffled, strict=False):
        click.echo(f"  {letter}  {option.say.said(view.lang)}")
    while True:
        answer = _prompt(view.words("你的决定", "your decision"))
        if _side_step(view, sitting, answer, mode):
            continue
        if not answer:
            sitting.skip()
            return
        place = LETTERS.find(answer.upper())
        if 0 <= place < len(shuffled):
            _show(view, sitting.choose(shuffled[place].id))
            return
        click.echo(view.words("请输入字母", "a letter, ?, do …, or nothing"))


def _shuffled(point: Point, seed: int) -> list[Option]:
    options = list(point.option)
    Random(f"{seed}/{point.id}").shuffle(options)  # noqa: S311  # an order, no secret
    return options


def _side_step(view: View, sitting: Sitting, answer: str, mode: str) -> bool:
    """A hint or a free command: the point stays open."""
    if answer == HINT and mode != "exam":
        _hint(view, sitting)
        return True
    if answer.startswith(DO):
        try:
            _show(view, sitting.give(answer.removeprefix(DO)))
        except (BadInput, ValueError) as wrong:
            click.echo(str(wrong))
        return True
    return False


def _hint(view: View, sitting: Sitting) -> None:
    point = sitting.play.point
    assert point is not None, "a hint is asked for at a point"
    taken = [h.level for h in sitting.state.hints if h.point == point.id]
    level = max(taken, default=0) + 1
    if level > len(point.hint):
        click.echo(view.words("没有更多提示", "no more hints"))
        return
    hint = sitting.hint(level)
    click.echo(f"  {view.words('提示', 'hint')} (-{hint.cost}): {hint.said(view.lang)}")


def _prompt(question: str) -> str:
    answer: str = click.prompt(f"\n{question}", default="", show_default=False)
    return answer.strip()


def _show(view: View, seen: Seen) -> None:
    if seen.words is not None:
        click.echo(f"  {seen.words.said(view.lang)}")
    for entry in seen.booked:
        click.echo(f"    · {sentence(entry, view.lang)}")
    for no in seen.refused:
        click.echo(f"    × {refusal_text(no, view.lang)}")


def _again(view: View, sitting: Sitting) -> bool:
    question = view.words("回到哪一步重试(回车结束)", "go back to which point (Enter to end)")
    answer = _prompt(question)
    if not answer:
        return False
    try:
        sitting.rewind(answer.upper())
    except BadInput as wrong:
        click.echo(str(wrong))
        return _again(view, sitting)
    return True


def show_debrief(view: View, result: Debrief) -> None:
    """Grade, every point, findings, lessons, and both attempts side by side."""
    heading(view.words("复盘", "Debrief"))
    _show_grade(view, result.grade)
    for review in result.reviews:
        _show_review(view, review)
    for f in result.findings:
        half = view.words("(已纠正)", " (undone)") if f.undone else ""
        click.echo(f"\n{bold(f.id)} {f.severity} {view.words(f.zh, f.en)}{half}")
        click.echo(f"  {f.on} {f.trigger}; {f.rule}, {view.words('手册', 'handbook')} {f.section}")
    for point, before, after in result.changed:
        click.echo(f"{point}: {before} → {after}")
    if result.first is not None:
        click.echo(view.words("第一次", "first attempt") + f": {_score(result.first)}")
    for lesson in result.lessons:
        click.echo(f"- {lesson.said(view.lang)} ({lesson.rule} {lesson.section})")


def _show_grade(view: View, grade: Grade) -> None:
    verdict = view.words("通过", "passed") if grade.passed else view.words("未通过", "not passed")
    click.echo(f"{_score(grade)}/{grade.max} {verdict}")
    for mark in grade.marks:
        sign = "+" if mark.earned else "-"
        click.echo(f"  {sign} {mark.criterion.weight:>3}  {mark.criterion.title.said(view.lang)}")
    for f in grade.deducted:
        click.echo(f"  - {float(f.deduction):>4.1f} {f.id} {view.words(f.zh, f.en)}")
    if grade.cap is not None:
        click.echo(f"  ≤ {int(grade.cap)}  {view.words('红线封顶', 'cap of a fatal finding')}")


def _score(grade: Grade) -> str:
    return f"{float(grade.score):.1f}"


def _show_review(view: View, review: Review) -> None:
    sign = "✓" if review.right else "✗"
    heading(f"{sign} {review.point}  {review.situation.said(view.lang)}")
    rows: list[tuple[str, Words]] = [
        (view.words("应当", "expected"), review.expected),
        *((view.words("你做了", "you did"), words) for words in review.did),
        (view.words("为什么", "why"), review.why),
    ]
    rows += [(view.words("后来", "later"), words) for words in review.later]
    if review.instead is not None:
        rows.append((view.words("换成", "instead"), review.instead))
    for label, words in rows:
        click.echo(f"  {label}: {words.said(view.lang)}")
    click.echo(f"  {review.rule}, {view.words('手册', 'handbook')} {review.section}")
