"""What the demo has of materials."""

import io
from dataclasses import dataclass
from datetime import timedelta

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.demo.cast import Cast
from extranet.demo.files import make_pdf
from extranet.materials.actions import Description, describe
from extranet.materials.models import Material, MaterialKind, MaterialLanguage, MaterialState, MaterialVersion, Sharing
from extranet.storage import store
from extranet.storage.sniff import sniff


@dataclass(frozen=True)
class File:
    """A file of a demo material: its name, its content, what changed."""

    name: str
    content: bytes
    note: str = ""


def add_material(
    cast: Cast, network: str, owner: str, files: list[File], days: int, description: Description, state: MaterialState
) -> Material:
    """Add a material whose current version came `days` days ago; the earlier ones half a year apart before it."""
    at = clock.days_ago(days)
    is_out = state in (MaterialState.PUBLISHED, MaterialState.ARCHIVED)
    material = Material(network=cast.networks[network], owner_id=cast.people[owner].id, state=state, version=len(files), updated_at=at)
    material.created_at = at - timedelta(days=180 * (len(files) - 1))
    material.published_at = material.created_at if is_out else None
    material.year = clock.local(at).year
    describe(material, description, files[-1].name)
    db.session.add(material)
    db.session.flush()
    for number, file in enumerate(files, 1):
        stream = io.BytesIO(file.content)
        mime = sniff(stream) or "application/octet-stream"
        stored = store.put(stream)
        db.session.add(
            MaterialVersion(
                material_id=material.id, number=number, file_name=file.name, size=stored.size, mime=mime, sha256=stored.sha256,
                note=file.note, uploaded_by_id=material.owner_id, at=at - timedelta(days=180 * (len(files) - number)),
            )
        )  # fmt: skip
    return material


def add_to_cast(cast: Cast) -> None:
    """The few that the tests know by name."""
    lines = ["Tämä on esimerkkiaineistoa.", "Ohje on lyhyt, jotta sen ehtii lukea."]
    add = cast.things.__setitem__
    hr = add_material(
        cast, "hr", "moderator",
        [
            File("Perehdytyksen muistilista kesätyöntekijälle.pdf", make_pdf("Perehdytyksen muistilista", lines), ""),
            File("Perehdytyksen muistilista kesätyöntekijälle 2.pdf", make_pdf("Perehdytyksen muistilista, 2. versio", [*lines, "Uutta: ensimmäisen viikon ohjelma."]), "Ensimmäisen viikon ohjelma lisätty."),
        ],
        9,
        Description(
            title=LocalText(fi="Perehdytyksen muistilista kesätyöntekijälle", sv="Checklista för introduktion av sommararbetare"),
            abstract=LocalText(
                fi="Mitä esihenkilö tekee ennen ensimmäistä työpäivää, sen aikana ja ensimmäisellä viikolla.\n\nMuistilista sopii pieneenkin kuntaan: yksi sivu, ei liitteitä.",
                sv="Vad chefen gör före den första arbetsdagen, under den och under den första veckan.",
            ),
            kind=MaterialKind.GUIDE,
            language=MaterialLanguage.FI,
            sharing=Sharing.MAY_FORWARD,
            topic_ids=(cast.topics["induction"].id, cast.topics["leadership"].id),
            valid_from=clock.today() - timedelta(days=9),
            review_due=clock.today() + timedelta(days=356),
        ),
        MaterialState.PUBLISHED,
    )  # fmt: skip
    add("hr_material", hr.id)
    core = add_material(
        cast, "work-and-life-core", "external",
        [File("Joustomallin luonnos kokeiluun.pdf", make_pdf("Joustomalli", lines))],
        20,
        Description(
            title=LocalText(fi="Joustomallin kokeilun ohje", sv="Anvisning för försöket med flexmodellen"),
            abstract=LocalText(fi="Näin neljä kaupunkia kokeilee joustavia työaikoja hoiva-arjen tueksi."),
            kind=MaterialKind.GUIDE,
            language=MaterialLanguage.FI,
            topic_ids=(cast.topics["work-and-life"].id,),
        ),
        MaterialState.PUBLISHED,
    )  # fmt: skip
    add("core_material", core.id)
    advisory = add_material(
        cast, "hr-advisory-board", "expert",
        [File("Raadin muistio.pdf", make_pdf("Raadin muistio", lines))],
        30,
        Description(
            title=LocalText(fi="Asiantuntijaraadin muistio: ensi kauden teemat"),
            abstract=LocalText(fi="Raadin keskustelu ensi kauden teemoista."),
            kind=MaterialKind.MINUTES,
            language=MaterialLanguage.FI,
        ),
        MaterialState.PUBLISHED,
    )  # fmt: skip
    add("advisory_material", advisory.id)
    draft = add_material(
        cast, "hr", "member",
        [File("Etätyösopimuksen malli.txt", "Etätyösopimuksen malli\n\nSopijapuolet, kesto, välineet ja tietosuoja.\n".encode())],
        3,
        Description(
            title=LocalText(fi="Etätyösopimuksen malli pieneen kuntaan"),
            abstract=LocalText(fi="Meillä käytössä oleva malli. Sopisiko tämä muillekin?"),
            kind=MaterialKind.FORM,
            language=MaterialLanguage.FI,
            topic_ids=(cast.topics["remote-work"].id,),
        ),
        MaterialState.DRAFT,
    )  # fmt: skip
    add("hr_draft_material", draft.id)
    public = add_material(
        cast, "hr", "moderator",
        [File("Rekryteringsannons, modell åäö.pdf", make_pdf("Rekrytointi-ilmoituksen malli", lines))],
        40,
        Description(
            title=LocalText(fi="Rekrytointi-ilmoituksen malli nimettömään hakuun", sv="Modell för jobbannons med anonym ansökan"),
            abstract=LocalText(fi="Valmis pohja, jonka voi muokata omaan organisaatioon.", sv="En färdig mall som kan anpassas till den egna organisationen."),
            kind=MaterialKind.FORM,
            language=MaterialLanguage.BOTH,
            sharing=Sharing.PUBLIC,
            topic_ids=(cast.topics["recruitment"].id, cast.topics["diversity"].id),
        ),
        MaterialState.PUBLISHED,
    )  # fmt: skip
    add("public_material", public.id)
