"""Safety rules: what fires, what must not, and what is refused."""

import pytest

from app.triage import TriageRules


@pytest.fixture(scope="module")
def rules(library):
    return TriageRules(library)


FIRES = [
    ("my face droops since the ozone drip", "emergency", "now"),
    ("I cant feel my left arm since the injection", "emergency", "now"),
    ("my dad has chest pain after ozone therapy", "emergency", "now"),
    ("probably nothing but I am struggling to breathe since the session", "emergency", "now"),
    ("mum collapsed at the ozone clinic", "emergency", "now"),
    ("I suddenly cannot see out of my right eye", "emergency", "now"),
    ("I breathed in the ozone gas by mistake and I cant stop coughing", "poisoning", "now"),
    ("nothing helps, I want to end my life", "self_harm", "now"),
    ("I have a fever since the ozone injection", "infection", "today"),
    ("ive stopped my insulin because of the ozone", "stop_treatment", "today"),
    ("can I stop methotrexate if I start ozone", "stop_treatment", "talk_first"),
    ("the clinic told me to stop my biologics", "stop_treatment", "talk_first"),
    ("I am 20 weeks pregnant, can I have ozone?", "pregnancy", "talk_first"),
    ("would ozone help my son with eczema", "child", "talk_first"),
    ("the ozone was my last hope, i dont see the point of going on", "self_harm", "now"),
    ("legs gone numb and ive wet myself since the disc ozone", "emergency", "now"),
    ("hives with swollen lips after ozone", "emergency", "now"),
    ("sore swollen calf after ozone", "emergency", "now"),
    ("breathed in a load of ozone, throat burns", "poisoning", "now"),
    ("quit my insulin and now thirsty and sick", "stop_treatment", "now"),
    ("cola-coloured pee after ozone", "infection", "today"),
    ("they told me to skip my warfarin", "stop_treatment", "talk_first"),
    ("I dont want chemo, ozone instead", "stop_treatment", "talk_first"),
    ("our 6 year old has eczema, would ozone help", "child", "talk_first"),
    ("I think I'm having a stroke", "emergency", "now"),
    ("bad back for years but since the drip today I cant feel my legs", "emergency", "now"),
    ("half my mouth has gone dead, is that normal", "emergency", "now"),
]
QUIET = [
    "Can ozone cause a stroke?",
    "Has anyone died of ozone therapy?",
    "What is the risk of a heart attack after ozone?",
    "Does ozone help after a stroke?",
    "I have no chest pain, just a sore knee",
    "can I have ozone while taking methotrexate",
    "Is ozone used in pregnancy?",
    "does ozone help rheumatoid arthritis",
    "I cannot see how this works",
    "my son is 24 and has MS, does ozone help",
    "my feet have gone numb from diabetes, does ozone help",
    "how do you end it early, the treatment",
    "feet still numb two years after chemo, would ozone help",
    "my hand is weak now, stroke in 2016, would ozone help",
    "My hands go dead in bed. My friend swears by ozone. Will it pass the test of time?",
]
REFUSED = [
    "what dose should I inject at home",
    "how do I do ozone therapy at home",
    "how much ozone do I need for my knee",
    "do I have lupus",
    "write me a prescription for ozone",
    "can you do me a script for ozone, my pharmacy says they need one",
    "lump on my neck, what could it be? ozone any use",
    "where does the needle go, im doing my own knee with ozone",
    "I weigh 70 kilos, what would you put me on, ozone wise",
]
ANSWERED = [
    "Do I have to pay for ozone?",
    "what dose was used in the trials",
    "how many people had side effects",
    "What strength does the ad name? I can't read it",
    "does the clinic need a referral letter for ozone",
    "my crp is high, does ozone lower it",
]


@pytest.mark.parametrize(("text", "kind", "level"), FIRES)
def test_fires(rules, text, kind, level):
    urgent = rules.judge(text).urgent
    assert urgent is not None
    assert (urgent.kind, urgent.level) == (kind, level)
    assert urgent.message
    assert urgent.action


@pytest.mark.parametrize("text", QUIET)
def test_stays_quiet(rules, text):
    assert rules.judge(text).urgent is None


@pytest.mark.parametrize("text", REFUSED)
def test_refuses(rules, text):
    refusal = rules.judge(text).refusal
    assert refusal is not None
    assert refusal.instead


@pytest.mark.parametrize("text", ANSWERED)
def test_does_not_refuse(rules, text):
    assert rules.judge(text).refusal is None


def test_the_more_pressing_rule_wins(rules):
    urgent = rules.judge("I am pregnant and my chest hurts since the ozone drip").urgent
    assert urgent.level == "now"


def test_no_message_promises_that_it_is_harmless(library):
    from corpus.triage import RedFlag

    for flag in library.of(RedFlag):
        said = f"{flag.message} {flag.action}".lower()
        assert "not an emergency" not in said
        assert "nothing to worry" not in said
