"""The one way through for an advert: text -> sentences -> claims -> verdicts -> report."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from app.advert.asserted import Asserted, AssertionReader, Understood
from app.advert.evidence import state_of
from app.advert.left_out import LeftOut, not_applicable
from app.advert.likeness import Marks
from app.advert.lines import MOST_WORDS, lines
from app.advert.register import Register
from app.advert.report import AdvertClaim, AdvertReport, AdvertSentence
from app.advert.scope import TextKind
from app.advert.techniques import Techniques
from app.advert.verdict import Judge
from app.choose import Chooser
from app.engine import Engine
from app.sources import cited_passages, sources_of
from corpus.advert import AdvertScope, VerdictRule
from corpus.claim import Claim
from corpus.topic import Topic
from corpus.vocabulary import EvidenceState, Verdict

MOST_QUESTIONS: Final = 6
_FAIR: Final = 0.5
"""Share of supported claims from which a page that names limits and risks is called fair."""
_WORST: Final[tuple[Verdict, ...]] = (
    "contradicted",
    "not_located",
    "unproven",
    "overstated",
    "too_vague",
    "supported",
)
"""In which order verdicts ask for a question to the clinic."""


class AdvertChecker:
    """Judges adverts from one library and its index. Keeps no text."""

    def __init__(self, engine: Engine) -> None:
        """`engine`: its library, its passages and its embeddings are used."""
        self._engine = engine
        self._library = engine.library
        self._passages = engine.index.passages
        self._chooser = Chooser(self._library, self._passages)
        self._reader = AssertionReader(self._library, engine.index)
        self._judge = Judge(self._library)
        self._kind = TextKind(self._library, engine.index)
        self._left_out = LeftOut(self._library, engine.index)
        self._techniques = Techniques(self._library)
        self._register = Register(self._library, engine.index)
        self._texts = {
            key: text
            for scope in self._library.of(AdvertScope)
            for key, text in scope.texts.items()
        }

    def check(self, text: str) -> AdvertReport:
        """The report on any text; it is read as data, and what it tells to do is not done."""
        found = lines(text)
        vectors = self._vectors([line.text for line in found])
        kind = self._kind.of(found, vectors)
        injection = bool(kind.instructions)
        if kind.letter or not kind.about_ozone:
            key = "letter" if kind.letter else "not_ozone" if kind.human else "not_people"
            return AdvertReport(
                about_ozone_therapy=kind.about_ozone,
                human=kind.human,
                sentences=tuple(
                    AdvertSentence(
                        text=line.text, heading=line.heading, instruction=n in kind.instructions
                    )
                    for n, line in enumerate(found)
                ),
                omissions=not_applicable(),
                summary=self._texts[key if found else "empty"],
                injection=injection,
                letter=kind.letter,
            )
        understood = [self._reader.understood(line) for line in found]
        read = [n for n in range(len(found)) if n not in kind.instructions]
        judged = self._judged(understood, vectors, read)
        told = [understood[n] for n in read]
        omissions = self._left_out.of(told, vectors[read])
        claims = [claim for sentence in judged for claim in sentence.claims]
        ids = tuple(dict.fromkeys(id_ for claim in claims for id_ in claim.citations))
        passages = cited_passages(self._library, ids, self._passages, ())
        fair = self._is_fair(claims, [k for k, v in omissions.items() if v == "mentioned"])
        return AdvertReport(
            about_ozone_therapy=True,
            human=True,
            sentences=tuple(judged),
            omissions=omissions,
            questions=self._questions(claims),
            summary=self._summary(told, claims, list(omissions.values()), fair),
            injection=injection,
            passages=passages,
            sources=sources_of(self._library, passages),
            shortened=len(text.split()) > MOST_WORDS,
        )

    def _vectors(self, texts: list[str]) -> Marks:
        """One row a sentence."""
        found = self._engine.index.embeddings.embed_documents(texts) if texts else []
        return np.array(found, np.float32)

    def _judged(
        self, understood: Sequence[Understood], vectors: Marks, read: Sequence[int]
    ) -> list[AdvertSentence]:
        """What each sentence claims; `read`: places of those that are not written for machines."""
        found = self._reader.asserted(
            [understood[n] for n in read], vectors[read], self._page([understood[n] for n in read])
        )
        places = {n: place for place, n in enumerate(read)}
        judged = []
        told: set[str] = set()
        for n, sentence in enumerate(understood):
            instruction = n not in places
            claims: list[AdvertClaim] = []
            for asserted in [] if instruction else found[places[n]]:
                by_rule = list(self._by_rule(asserted))
                verdicts = {rule.verdict for rule, _ in by_rule}
                known = self._register.meant(vectors[n], asserted, sentence, verdicts)
                if known:
                    claims.append(self._from_register(known, asserted))
                    continue
                claims += [self._claim(asserted, r, ids, sentence, told) for r, ids in by_rule]
            if any(claim.dangerous for claim in claims):
                # A sentence that could harm is not praised for what else it says.
                claims = [claim for claim in claims if claim.verdict != "supported"]
            judged.append(
                AdvertSentence(
                    text=sentence.line.text,
                    claims=tuple(_each_once(claims)),
                    heading=sentence.line.heading,
                    instruction=instruction,
                )
            )
        return judged

    def _page(self, understood: Sequence[Understood]) -> tuple[str, ...]:
        """What the page is about: the illnesses that it names, the most named first."""
        counted = Counter(
            id_
            for sentence in understood
            for id_ in sentence.topics
            if self._topic(id_).kind == "condition"
        )
        return tuple(id_ for id_, _ in counted.most_common())

    def _from_register(self, claim: Claim, asserted: Asserted) -> AdvertClaim:
        """The verdict on a claim like it; what was said of the other page is not said of this."""
        topics = [self._topic(id_) for id_ in claim.topics]
        support = [id_ for id_ in claim.explanation.finding_ids if id_ in self._passages]
        name = ", ".join(self._topic(id_).name for id_ in asserted.topics) or asserted.untold
        gist = asserted.rule.gist if name else asserted.rule.gist_untold
        verdict = self._library.wording.verdicts[claim.verdict]
        sought = [
            self._library.wording.labels["claims_sought"].format(what=one.what, until=one.until)
            for one in claim.looked_for
        ]
        return AdvertClaim(
            gist=gist.format(topic=name),
            claim_id=claim.id,
            kind=claim.kind,
            topics=claim.topics,
            verdict=claim.verdict,
            technique=claim.technique,
            explanation=" ".join([claim.fact, *sought, verdict.plain]),
            clinical=claim.explanation.clinical,
            citations=tuple(support or self._cited(topics[0])),
            dangerous=asserted.rule.dangerous,
            ask=claim.ask,
        )

    def _by_rule(self, asserted: Asserted) -> Iterator[tuple[VerdictRule, list[str]]]:
        """Each row of the table that fits, with all the topics of the sentence that it fits."""
        groups: dict[int, tuple[VerdictRule, list[str]]] = {}
        for id_ in asserted.topics or ("",):
            topic = self._library.topics.get(id_)
            state: EvidenceState = (
                state_of(self._library, self._chooser, topic)
                if topic
                else "none"
                if asserted.untold
                else "untold"
            )
            rule = self._judge.judge(asserted, id_ or None, state)
            groups.setdefault(id(rule), (rule, []))[1].append(id_)
        for rule, ids in groups.values():
            yield rule, [id_ for id_ in ids if id_]

    def _claim(
        self,
        asserted: Asserted,
        rule: VerdictRule,
        ids: list[str],
        sentence: Understood,
        told: set[str],
    ) -> AdvertClaim:
        """`told`: topics whose bottom line stands in the report already; it is not repeated."""
        topics = [self._topic(id_) for id_ in ids]
        name = ", ".join(topic.name for topic in topics) or asserted.untold
        gist = asserted.rule.gist if name else asserted.rule.gist_untold
        said = [rule.why.format(topic=name or self._texts["this"])]
        cited: list[str] = []
        clinical = said[:]
        for topic in topics[:1] if rule.bottom_line else ():
            if topic.id not in told:
                said.append(topic.bottom_line.plain)
                clinical.append(topic.bottom_line.clinical)
                told.add(topic.id)
            cited += self._cited(topic)
        if not cited and rule.bottom_line:
            cited += self._fallback(asserted)
        shown = {*rule.technique, *self._techniques.of(sentence.line.text)}
        supported = rule.verdict == "supported"
        return AdvertClaim(
            gist=gist.format(topic=name),
            claim_id=None,
            kind=asserted.kind,
            topics=tuple(ids),
            verdict=rule.verdict,
            technique=() if supported else tuple(sorted(shown)),
            explanation=" ".join(said),
            citations=tuple(dict.fromkeys(cited)),
            clinical=" ".join(clinical) if len(clinical) > 1 else "",
            dangerous=asserted.rule.dangerous,
            ask=asserted.rule.ask.format(topic=name or self._texts["this"]),
        )

    def _cited(self, topic: Topic) -> list[str]:
        """What a topic's bottom line rests on; of a gap, what was searched."""
        shown = [point.id for point in self._chooser.shown(topic.bottom_line.finding_ids)]
        if topic.search and topic.gap:
            beside = self._chooser.shown((*topic.rule_ids, *topic.benefit_ids))
            shown += [f"{topic.id}#search", *([] if shown else [p.id for p in beside][:2])]
        return shown or [f"{topic.id}#bottom-line"]

    def _fallback(self, asserted: Asserted) -> list[str]:
        """What is cited where a sentence is about nothing that the records know."""
        named = [*asserted.rule.topics, self._texts["general_topic"]]
        topic = next((self._library.topics[i] for i in named if i in self._library.topics), None)
        return self._cited(topic) if topic else []

    def _questions(self, claims: Sequence[AdvertClaim]) -> tuple[str, ...]:
        """Questions to this clinic, from what it said: the most harmful first, each once."""
        ordered = sorted(claims, key=lambda c: (not c.dangerous, _WORST.index(c.verdict)))
        asked = [c.ask for c in ordered if c.ask and c.verdict != "supported"]
        return tuple(dict.fromkeys(asked))[:MOST_QUESTIONS]

    def _is_fair(self, claims: Sequence[AdvertClaim], mentioned: Sequence[str]) -> bool:
        supported = sum(claim.verdict == "supported" for claim in claims)
        wrong = any(c.verdict == "contradicted" or c.dangerous for c in claims)
        limits = {"limited_evidence", "unproven_status", "evidence_of_inefficacy"} & set(mentioned)
        risks = "general_risks" in mentioned or "route_specific_risks" in mentioned
        return not wrong and bool(limits) and risks and supported >= _FAIR * len(claims)

    def _summary(
        self,
        understood: Sequence[Understood],
        claims: Sequence[AdvertClaim],
        omissions: Sequence[str],
        fair: bool,
    ) -> str:
        """The fact first; then what the page claims, how it fares, and what it leaves out."""
        said = []
        for id_ in self._page(understood)[:1]:
            said.append(self._topic(id_).bottom_line.plain)
        if not claims:
            said.append(self._texts["no_claims"])
        else:
            counted = Counter(claim.verdict for claim in claims)
            labels = self._library.wording.verdicts
            parts = [f"{labels[v].label.lower()}: {counted[v]}" for v in _WORST if counted[v]]
            key = "one_claim" if len(claims) == 1 else "claims"
            said.append(self._texts[key].format(n=len(claims), verdicts=", ".join(parts)))
        missing = sum(mark == "left_out" for mark in omissions)
        if fair:
            said.append(self._texts["fair"])
        elif missing:
            said.append(self._texts["leaves_out"].format(n=missing, of=len(omissions)))
        return " ".join(said)

    def _topic(self, topic_id: str) -> Topic:
        return self._library.topics[topic_id]


def _each_once(claims: Sequence[AdvertClaim]) -> list[AdvertClaim]:
    """A claim of the register that several assertions of a sentence led to stands once."""
    kept: dict[str, AdvertClaim] = {}
    for claim in claims:
        kept.setdefault(claim.claim_id or claim.gist, claim)
    return list(kept.values())
