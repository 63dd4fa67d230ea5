"""The closed lists of words that records and answers may use."""

from typing import Annotated, Final, Literal, get_args

from pydantic import BeforeValidator

ReviewKind = Literal[
    "systematic_review",
    "meta_analysis",
    "umbrella_review",
    "scoping_review",
    "evidence_map",
    "health_technology_assessment",
]
StudyKind = Literal[
    "randomized_trial",
    "controlled_trial",
    "observational_study",
    "case_report",
    "animal_study",
    "narrative_review",
]
NoticeKind = Literal["regulation", "guideline", "registry", "clinic_webpage", "usual_care"]

Depth = Literal["citation", "abstract", "partial", "full_text"]
"""How much of a source was read."""

Measure = Literal["MD", "SMD", "RR", "OR", "RD", "HR", "percent", "count", "narrative"]


def _of_this_corpus(word: object) -> object:
    return "ozone" if word == "treatment" else word


Favours = Annotated[
    Literal["ozone", "comparator", "neither", "unclear"], BeforeValidator(_of_this_corpus)
]
Intervention = Annotated[Literal["ozone", "added_to", "other"], BeforeValidator(_of_this_corpus)]
"""`ozone` is the treatment that the corpus is about; a corpus on another one writes `treatment`."""
Better = Literal["higher", "lower"]
Design = Literal["randomised", "non_randomised", "before_after", "laboratory", "animal", "mixed"]

Direction = Annotated[
    Literal["ozone", "comparator", "neither", "mixed", "none"], BeforeValidator(_of_this_corpus)
]
"""Where a bottom line leans: to ozone, to the other side, to "could not tell", several ways at
once, or nowhere because it speaks of no effect (rules, harms, "nothing found")."""

FindingKind = Literal["effect", "marker", "harm", "scope", "rule", "advice"]
"""effect: felt or seen by people; marker: a laboratory value; scope: what exists or was compared;
rule: what a law or regulator says; advice: what a guideline recommends."""

Show = Literal["all", "clinical", "direction_only", "suppressed"]
"""Who may see a finding's figures. `direction_only` and `suppressed` figures appear in no view."""

Certainty = Literal["high", "moderate", "low", "very_low", "not_rated", "none"]
GradeWord = Literal["high", "moderate", "low", "very_low"]
Agreement = Literal["agree", "mixed", "disagree", "single", "none"]

WeakenedBy = Literal[
    "few_people",
    "wide_interval",
    "trials_disagree",
    "no_control",
    "before_after",
    "laboratory_only",
    "promoters",
    "abstract_only",
    "second_hand",
    "not_a_review",
]

TopicKind = Literal[
    "condition", "use", "harm", "contraindication", "mechanism", "route", "rule", "neighbour"
]

Intent = Literal[
    "benefit",
    "harm",
    "mechanism",
    "route",
    "sessions",
    "cost",
    "approval",
    "comparison",
    "claim_check",
    "source",
    "decision",
    "waiting",
    "alternatives",
    "service",
]

AspectName = Literal[
    "people",
    "studies",
    "searched",
    "published",
    "funding",
    "followed",
    "control",
    "quality",
    "sessions",
    "compared",
    "who",
    "certainty",
]
"""One field of a record that is asked for by itself."""

ClaimKind = Literal[
    "benefit",
    "safety",
    "mechanism",
    "approval",
    "reference",
    "figure",
    "practice",
    "comparison",
    "dose",
    "testimonial",
    "root_cause",
    "pressure",
    "authority",
]
EvidenceState = Literal["sure", "leans", "mixed", "single", "none", "against", "untold"]
"""What the vetted records allow on a topic: a review with at least moderate certainty, one with
less, reviews that differ, only single studies in people, nothing, evidence of no benefit; `untold`:
no topic is named."""
Verdict = Literal["supported", "overstated", "unproven", "contradicted", "not_located", "too_vague"]
Technique = Literal[
    "before_after_only",
    "laboratory_result",
    "testimonial",
    "untraceable_reference",
    "borrowed_approval",
    "route_switch",
    "no_harm_promise",
    "root_cause_detox",
    "hedged_promise",
    "authority",
    "surrogate_marker",
    "no_comparison_group",
]
Omission = Literal[
    "evidence_of_inefficacy",
    "limited_evidence",
    "general_risks",
    "route_specific_risks",
    "regulatory_status",
    "unproven_status",
    "alternatives",
]
OMISSIONS: Final[tuple[Omission, ...]] = get_args(Omission)

HelpPurpose = Literal[
    "emergency_number",
    "poison_centre",
    "crisis_line",
    "urgent_advice_number",
    "report_side_effect",
    "complain_about_advert",
    "check_registration",
    "check_device",
]

CellKind = Literal["benefits", "risks", "alternatives", "nothing"]
"""What a person who decides weighs: benefits, risks, alternatives, and doing nothing."""

UrgentKind = Literal[
    "emergency", "self_harm", "poisoning", "infection", "stop_treatment", "pregnancy", "child"
]
UrgentLevel = Literal["now", "today", "talk_first"]

ExportFormat = Literal["csv", "json", "bibtex", "ris", "csl", "claimreview"]

LanguageCode = Literal["en", "es", "de", "fr", "it", "pt"]
"""Languages in which an emergency is known and answered; evidence is told in English alone."""
