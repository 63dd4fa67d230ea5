"""What is made of a question beside its topics' names: weight, sources, claims, languages."""

import pytest

from app.asked import Asked
from app.choose import Chooser
from app.cues import Reading, Vocabulary
from app.language import Languages
from app.named import SourceNames
from app.own_word import own_word
from app.topics import TopicNames
from app.wants import Wants


@pytest.fixture(scope="module")
def names(library):
    return TopicNames(library)


@pytest.fixture(scope="module")
def find(names):
    vocabulary = Vocabulary(names.cues)
    return lambda text: names.find(text, Reading(text, vocabulary))


def test_what_is_set_aside_is_not_the_subject(find):
    assert find("not my knee osteoarthritis, my tinnitus").topics == ("tinnitus",)
    assert find("no, not tinnitus").set_aside
    # A name may begin within the cue, and a part of a description may be what is set aside.
    assert find("yeast in my gut, I don't have thrush down below").topics == ("candida-overgrowth",)
    assert "caries" not in find("my teeth are fine, no holes, just yellow").topics


def test_a_name_is_heard_in_the_plural_and_with_two_misspelt_words(find):
    assert find("water infections all winter").topics == ("urinary-infection",)
    assert find("tenis elbo").topics == ("tennis-elbow",)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("can it give you a clot tho", "harm"),
        ("what happened to people who had it in a vein", "harm"),
        ("a naturopath does it in Bremen. May she?", "approval"),
        ("which came out ahead, ozone or cortisone", "comparison"),
        ("what would six goes set a person back", "cost"),
    ],
)
def test_what_is_wanted_is_heard_in_lay_words(library, question, intent):
    wants = Wants(library)
    assert intent in wants.of(Reading(question, Vocabulary(wants.cues)))[0]


def test_what_the_reader_does_not_ask_is_not_wanted(library):
    wants = Wants(library)
    reading = Reading("I'm not asking if it works, just the price", Vocabulary(wants.cues))
    assert wants.of(reading)[0] == ("cost",)


def test_a_topic_weighs_more_where_ozone_is_named_and_asked_about(find):
    weights = find("My gout is quiet. Would ozone help my psoriasis?").weights
    assert weights["psoriasis"] > weights["gout"]


def test_an_illness_without_a_topic_is_known_as_one(find):
    found = find("would ozone shift my gallstones")
    assert found.topics == ()
    assert found.uncovered == ("gallstones",)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("does ozone help zebra striped glumpitis", "zebra striped glumpitis"),
        ("is it good for the and of", ""),
    ],
)
def test_the_readers_own_word(text, word):
    words = text.split()
    plain = {"does", "ozone", "help", "is", "it", "good", "for", "the", "and", "of"}
    places = frozenset(n for n, w in enumerate(words) if w not in plain)
    assert own_word(words, places) == word


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("what did Liu 2015 in Cochrane find", "liu-2015-diabetic-foot"),
        ("the IECS 2020 report from Argentina", "hta-iecs-2020-ozone"),
        ("who paid for the Sconza trial of 2025", "sconza-2025-knee-oa-ha-rct"),
        ("Brazzelli's HealOzone assessment", "brazzelli-2006-healozone"),
        ("10.4103/ijd.ijd_152_22, is that serious?", "machado-2022-dermatology"),
        ("the heart attack case in J Emerg Med", "bingham-2020-nstemi-ozone-infusion"),
        ("CORMOR - how many died?", "sozio-2021-cormor"),
        ("the ME study with 200 patients", "tirelli-2022-mecfs-200"),
        ("the hepatitis outbreak in Rome", "faustini-2005-hcv-cluster-rome"),
        ("that Chinese report on trigeminal neuralgia", "gao-2020-trigeminal-neuralgia-series"),
        ("ozone v microdiscectomy trial, how big", "kelekis-2022-ozone-vs-microdiscectomy-trial"),
    ],
)
def test_sources_are_known_by_what_people_call_them(library, text, source):
    assert source in SourceNames(library).find(text, ())


@pytest.mark.parametrize(
    "text",
    [
        "does ozone help my knee change for the better",
        "the study about back pain",
        "the madrid hernia trial",
        "my report says I have a slipped disc",
    ],
)
def test_what_fits_many_records_or_none_names_no_source(library, text):
    assert SourceNames(library).find(text, ()) == ()


def test_a_description_means_no_record_on_another_illness(library):
    text = "the trial with 200 patients"
    assert SourceNames(library).find(text, (), {"liu-2015-diabetic-foot"}) == ()


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("Steppan 2010 JVIR - was there a control group?", "control"),
        ("the ME study with 200 patients, did any of them get a sham", "control"),
        ("is the Cochrane review of tooth decay any good", "quality"),
        ("do the authors of the Rowen paper sell it themselves", "funding"),
    ],
)
def test_fields_of_a_record_are_heard(library, question, aspect):
    wants = Wants(library)
    assert aspect in wants.of(Reading(question, Vocabulary(wants.cues)))[1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿sirve el ozono para la artritis reumatoide?", "es"),
        ("l'ozono aiuta con l'artrite reumatoide?", "it"),
        ("o ozônio ajuda na artrite reumatoide ou não?", "pt"),
        ("est-ce que l'ozone aide pour la polyarthrite ?", "fr"),
        ("hilft Ozon bei meiner Schuppenflechte oder nicht?", "de"),
        ("does ozone help my psoriasis", "en"),
        ("gum diseez o3 ??", "en"),
        ("o3 knees??", "en"),
    ],
)
def test_the_language_of_a_question(library, text, language):
    assert Languages(library).of(text) == language


@pytest.mark.parametrize(
    ("text", "topic", "language"),
    [
        ("¿sirve el ozono para la artritis reumatoide?", "rheumatoid-arthritis", "es"),
        ("hilft Ozon bei Psoriasis oder Schuppenflechte?", "psoriasis", "de"),
        ("l'ozone est-il utile pour la sclérose en plaques ?", "multiple-sclerosis", "fr"),
        ("o ozônio ajuda na fibromialgia ou não?", "fibromyalgia", "pt"),
        ("l'ozono serve per l'acufene? che cosa dicono gli studi", "tinnitus", "it"),
    ],
)
def test_other_languages_reach_the_same_evidence(engine, library, text, topic, language):
    answer = engine.ask(text)
    assert answer.language == language
    assert topic in answer.topics
    assert answer.sections[0].kind == "note"
    note = answer.sections[0].statements[0].text
    assert note == library[f"language-{language}"].note
    assert answer.sources


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mi padre no puede mover el brazo desde el suero de ozono", "es"),
        ("depuis la perfusion d'ozone je n'arrive plus à respirer", "fr"),
        ("meu marido desmaiou depois do ozônio e não acorda", "pt"),
        ("ho un dolore fortissimo al petto dopo la flebo di ozono", "it"),
        ("mein Vater kann seit der Ozoninfusion nicht mehr sprechen", "de"),
    ],
)
def test_an_emergency_is_answered_in_its_language(engine, text, language):
    answer = engine.ask(text)
    assert answer.status == "urgent"
    assert (answer.urgent.level, answer.language) == ("now", language)


ASKED = [
    ("How many people were in the tinnitus review?", "people"),
    ("which year did the diabetic foot review search up to?", "2015"),
    ("who paid for the HealOzone review by Brazzelli?", "NHS"),
    ("is ozone better than steroid injections for carpal tunnel syndrome?", "steroid"),
    ("what is the law on ozone therapy in Malaysia?", "Malaysia"),
]


@pytest.mark.parametrize(("question", "said"), ASKED)
def test_what_is_asked_is_said_first(engine, question, said):
    first = engine.ask(question).section("short_answer")[0]
    assert said.lower() in first.text.lower()
    assert first.citations


def test_what_nobody_compared_is_said_to_be_so(engine):
    answer = engine.ask("is ozone better than platelet-rich plasma for tinnitus?")
    assert any(
        "hold no study that set ozone against" in s.text for s in answer.section("short_answer")
    )


def test_a_country_without_a_rule_gets_no_other_countrys_rule(engine):
    answer = engine.ask("Is ozone therapy legal in New Zealand?")
    assert answer.status == "no_evidence"
    assert "new zealand" in answer.section("short_answer")[0].text.lower()


def test_a_claim_is_answered_by_its_verdict(engine):
    answer = engine.ask("they say 68 percent of 45 people with psoriasis got better, is it true?")
    assert "claim_check" in answer.intents
    assert "verdict" in answer.section("short_answer")[0].text
    assert any("68" in item.claim for item in answer.contrast)


def test_what_has_no_topic_is_named_and_the_nearest_is_another_thing(engine):
    answer = engine.ask("does ozone therapy get rid of gallstones?")
    assert answer.status == "no_evidence"
    assert "gallstones" in answer.section("short_answer")[0].text


def test_names_of_records_read_as_a_sentence(engine, library):
    asked = Asked(library, Chooser(library, engine.index.passages))
    assert asked.name(library["liu-2015-diabetic-foot"]) == "Systematic review by Liu (2015)"


@pytest.mark.parametrize(
    "text",
    [
        "does amitriptyline help fibromyalgia",
        "Cortisone or hyaluronic gel for hip arthritis, which lasts longer",
        "how much for a crown on the nhs these days",
    ],
)
def test_another_treatment_without_the_therapy_is_out_of_scope(engine, text):
    assert engine.ask(text).status == "off_topic"


@pytest.mark.parametrize(
    "text",
    [
        "knee arthritis, tried physio and cortisone, any hope?",
        "fibromyalgia, amitriptyline did nothing. is there any evidence?",
        "Is ozone better than cortisone for knee arthritis?",
    ],
)
def test_a_treatment_that_is_behind_somebody_hides_no_illness(engine, text):
    assert engine.ask(text).status == "answered"


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("is ozone for gallstones expensive", ("cost",)),
        ("I have psoriasis. Would ozone help my gallstones?", ()),
    ],
)
def test_on_an_uncovered_illness_nothing_else_answers(engine, text, topics):
    answer = engine.ask(text)
    assert answer.status == "no_evidence"
    assert answer.topics == topics
    assert "gallstones" in answer.sections[0].statements[0].text


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("my mate was told it reboots the immune system. any truth", "resets-immunity"),
        ("heard psoriasis patches shrink in seven of ten people", "psoriasis-45-people"),
        ("apparently it evens out the cytokines", "ozone-balances-messengers"),
        ("they claim trained staff means no harm", "staff-trained"),
    ],
)
def test_a_claim_is_known_in_other_words(engine, question, claim):
    answer = engine.ask(question)
    assert answer.contrast[0].claim_id.startswith(claim)
    assert "verdict" in answer.sections[0].statements[0].text


def test_an_illness_that_no_topic_has_is_not_answered_by_a_claim_like_it(engine):
    answer = engine.ask("friend says ozone gets you over mono quicker. true?")
    assert answer.status == "no_evidence"


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("tell me plainly how many goes ill be needing", True),
        ("fill out this claim form so axa pays for the ozone", True),
        ("how many goes did the people in the knee trial have", False),
        ("my crp is 22, can ozone lower it", False),
    ],
)
def test_what_is_declined_is_known_by_its_meaning(engine, question, refused):
    assert (engine.ask(question).status == "refused") is refused


def test_an_animal_in_passing_is_no_subject(find):
    story = (
        "My brother has motor neurone disease and we are at a loss. The cat would come to us. "
        "Somebody sold him ozone three times a week for six weeks. Has it been tried on anybody?"
    )
    topics = find(story).topics
    assert topics[0] == "motor-neurone-disease"
    assert "pets" not in topics


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("psoriasis on my elbows, is ozone cream any good", {"psoriasis"}),
        ("hyaluronic acid or ozone in the knee, which lasts longer?", {"knee-osteoarthritis"}),
        ("my kidney stone is 6 mm, would an ozone drip break it", set()),
        ("phantom pains in my missing leg, above the knee. does ozone do owt", set()),
        ("i fall asleep mid sentence (narcolepsy). does medical ozone wake me up", set()),
    ],
)
def test_a_part_of_the_body_or_a_sign_is_no_illness_of_its_own(engine, question, topics):
    answer = engine.ask(question)
    ills = {id_ for id_ in answer.topics if engine.library.topics[id_].kind == "condition"}
    assert ills == topics
    assert (answer.status == "no_evidence") is (not topics)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("has anyone died of it? give it me straight, no fluff", "answered"),
        ("I take warfarin and the gym offers ozone. ok?", "partial"),
        ("is a sunbed safe", "off_topic"),
        ("is paragliding dangerous", "off_topic"),
        ("can ozone clean my cpap mask and hose, saw a gadget for it", "off_topic"),
    ],
)
def test_a_telling_word_beside_what_is_asked_is_no_other_subject(engine, question, status):
    assert engine.ask(question).status == status


def test_how_often_counts_the_harm_that_was_asked_about(engine):
    counted = engine.ask("how often tho", ("can ozone cause a stroke",))
    assert "harm" in counted.intents
    assert "sessions" in engine.ask("how often tho", ("ozone for my knee",)).intents


def test_an_author_and_a_year_name_a_record(engine):
    answer = engine.ask("Paoloni 2009 - share free of pain at 6 months?")
    assert answer.sources[0].id == "paoloni-2009-paravertebral-sham-trial"
