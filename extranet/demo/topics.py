"""The twenty topics of the vocabulary."""

from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.networks.topics import Topic

TOPICS = (
    ("wellbeing-at-work", "työhyvinvointi", "arbetshälsa"),
    ("work-ability", "työkykyjohtaminen", "arbetsförmågeledning"),
    ("competence", "osaaminen", "kompetens"),
    ("leadership", "johtaminen ja esihenkilötyö", "ledarskap och chefsarbete"),
    ("hr-services", "HR-palvelut", "HR-tjänster"),
    ("hr-data", "henkilöstötieto ja mittarit", "personaldata och mätare"),
    ("staff-planning", "henkilöstösuunnittelu", "personalplanering"),
    ("ages", "eri-ikäisten johtaminen", "ledning av olika åldrar"),
    ("recruitment", "rekrytointi", "rekrytering"),
    ("diversity", "monimuotoisuus", "mångfald"),
    ("induction", "perehdytys", "introduktion"),
    ("rewarding", "palkitseminen", "belöning"),
    ("employment", "palvelussuhdeasiat", "anställningsfrågor"),
    ("cooperation", "yhteistoiminta", "samarbete"),
    ("remote-work", "etätyö ja etäjohtaminen", "distansarbete och distansledning"),
    ("remote-services", "etäpalvelut", "distanstjänster"),
    ("safety", "työsuojelu", "arbetarskydd"),
    ("work-and-life", "työn ja muun elämän yhteensovittaminen", "förening av arbete och övrigt liv"),
    ("change", "muutosjohtaminen", "förändringsledning"),
    ("employer-image", "työnantajakuva", "arbetsgivarbild"),
)


def add_topics() -> dict[str, Topic]:
    """Add the topics; returns them by slug."""
    found = {slug: Topic(slug=slug, name=LocalText(fi=fi, sv=sv)) for slug, fi, sv in TOPICS}
    db.session.add_all(found.values())
    db.session.flush()
    return found
