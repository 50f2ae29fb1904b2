"""Laws and their amendments put together: the versions no file holds, and each article's history.

An amendment is named as it is cited, 《刑法修正案（十二）》第五条, without the country's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.amending import (
    Change,
    Held,
    Stage,
    amended_title,
    articles_of,
    follow,
    read_amendment,
    rows_of,
)
from corpus.lawdata import law_rows
from corpus.lawrows import Row
from corpus.lawversion import AMENDING, LawVersion
from corpus.numerals import parse_article
from corpus.records import Amended

__all__ = ["LawText", "law_texts", "made_versions"]

_COUNTRY = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class LawText:
    """The rows of a version, what amendments did to its articles, and a note on where it is from.

    ``note`` is "" for a version that the file holds.
    """

    rows: Sequence[Row]
    amended: tuple[Amended, ...] = ()
    note: str = ""


def made_versions(held: Sequence[LawVersion], path: Path | None = None) -> list[LawVersion]:
    """The versions of laws whose newest amendments no held text has, one for each amendment."""
    newest: dict[str, str] = {}
    for law in held:
        newest[law.title] = max(law.published, newest.get(law.title, ""))
    titles = {
        title
        for title, amendments in _amendments(held).items()
        if any(each.published >= newest.get(title, "9") for each in amendments)
    }
    by_id = {law.law_id: law for law in held}
    made: dict[str, LawVersion] = {}
    for stages in _followed(held, titles, path).values():
        put_in: tuple[str, ...] = ()
        for stage in stages:
            if stage.made:
                put_in += (stage.amendment.id,)
                version = _made(by_id[stage.base], by_id[stage.amendment.id], put_in)
                made[version.law_id] = version
    return list(made.values())


def law_texts(
    laws: Iterable[LawVersion], held: Sequence[LawVersion], path: Path | None = None
) -> dict[str, LawText]:
    """The text of each of these versions, by law id; ``held`` are all that the file holds."""
    wanted = list(laws)
    rows = law_rows([law.law_id for law in wanted if not law.base], path)
    texts = {law_id: LawText(found) for law_id, found in rows.items()}
    titles = {law.title for law in wanted}
    followed = _followed(held, titles, path)
    for law in wanted:
        stages = _stages_of(law, followed.get(law.title, []))
        if stages:
            found = rows[law.law_id] if not law.base else rows_of(stages[-1].articles)
            texts[law.law_id] = LawText(found, tuple(_history(stages)), _note(law, stages))
    return texts


def _amendments(held: Iterable[LawVersion]) -> dict[str, list[LawVersion]]:
    """Title of a law → what amends it."""
    found: dict[str, list[LawVersion]] = defaultdict(list)
    for law in held:
        if law.kind in AMENDING:
            found[amended_title(law.title)].append(law)
    return found


def _followed(
    held: Sequence[LawVersion], titles: Iterable[str], path: Path | None
) -> dict[str, list[Stage]]:
    amendments = _amendments(held)
    chosen = sorted(set(titles) & amendments.keys())
    versions = {title: [law for law in held if law.title == title] for title in chosen}
    wanted = [law for title in chosen for law in (*versions[title], *amendments[title])]
    rows = law_rows([law.law_id for law in wanted], path)
    return {
        title: follow(
            [Held(v.law_id, v.published, articles_of(rows[v.law_id])) for v in versions[title]],
            [
                read_amendment(a.law_id, a.title, (a.published, a.in_force), rows[a.law_id])
                for a in amendments[title]
            ],
        )
        for title in chosen
    }


def _made(base: LawVersion, amendment: LawVersion, put_in: tuple[str, ...]) -> LawVersion:
    return replace(
        base,
        law_id=f"{base.law_id}-{amendment.in_force.replace('-', '')}",
        status="现行有效",
        published=amendment.published,
        in_force=amendment.in_force,
        base=base.law_id,
        amendments=put_in,
    )


def _stages_of(law: LawVersion, stages: Sequence[Stage]) -> list[Stage]:
    """The stages up to this version."""
    if law.base:
        last = next(n for n, each in enumerate(stages) if each.amendment.id == law.amendments[-1])
        return list(stages[: last + 1])
    return [
        stage
        for stage in stages
        if stage.amendment.published < law.published or stage.after == law.law_id
    ]


def _history(stages: Sequence[Stage]) -> list[Amended]:
    """What the stages did, by the numbers that the articles have after the last of them."""
    found: list[Amended] = []
    for at, stage in enumerate(stages):
        for change in stage.applied.changes:
            article = change.article
            for later in stages[at + 1 :]:
                article = later.applied.moved.get(article, article) if article else ""
            amended = _amended(change, stage, article)
            if amended is not None:
                found.append(amended)
    return sorted(found, key=lambda each: parse_article(each.article or each.former) or (0, 0))


def _amended(change: Change, stage: Stage, article: str) -> Amended | None:
    if parse_article(change.article or change.former) is None:
        return None  # The preamble: no file holds it.
    kind = change.kind
    if kind == "left" and not stage.made:
        kind = "changed"
    return Amended(
        kind=kind,
        article=article,
        former=change.former,
        by=_cited(stage.amendment.title, change.by),
        by_id=f"law-{stage.amendment.id}",
        since=stage.amendment.since,
        wording="\n".join(change.wording),
        made=stage.made,
        left=change.left if kind == "left" else "",
    )


def _cited(title: str, articles: Sequence[str]) -> str:
    inner = title.removeprefix(_COUNTRY).replace("《", "〈").replace("》", "〉")
    return f"《{inner}》{'、'.join(articles)}"


def _note(law: LawVersion, stages: Sequence[Stage]) -> str:
    if not law.base:
        return ""
    put_in = "、".join(_cited(stage.amendment.title, ()) for stage in stages if stage.made)
    left = [c for stage in stages if stage.made for c in stage.applied.changes if c.kind == "left"]
    rest = f"，另有 {len(left)} 处未能并入" if left else ""
    return f"据{put_in}并入{rest}，自{law.in_force}起施行"
