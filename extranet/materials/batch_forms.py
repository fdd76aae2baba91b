"""Files that come together with their words: read from a form, checked, and given back to it."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from werkzeug.datastructures import MultiDict

from extranet.core.errors import NotFound
from extranet.core.i18n import current_language
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.materials import guessing
from extranet.materials.files import MOST_FILES
from extranet.materials.upload_forms import Clash, EntryForm, SharedForm, fault_of_upload
from extranet.materials.upload_queries import Namesake, find_namesakes
from extranet.networks.models import Network
from extranet.networks.topics import Topic
from extranet.storage.checks import MAX_NAME, clean_name
from extranet.storage.models import Upload
from extranet.storage.queries import list_uploads

KEY = re.compile(r"f\d{1,4}")
OWN = ("title_fi", "title_sv", "abstract_fi", "abstract_sv", "kind", "language")


class Entry:
    """A file that has come, is coming or is gone, and what is said of it."""

    def __init__(self, key: str, form: EntryForm, file: Upload | None) -> None:
        self.key, self.form, self.file = key, form, file
        self.namesake: Namesake | None = None
        self.fault = ""
        self.is_doubled = False

    @property
    def name(self) -> str:
        return self.file.name if self.file else str(self.form.name.data or "")

    @property
    def upload_id(self) -> str:
        return self.file.id if self.file else ""

    @property
    def target(self) -> int:
        """The material whose file it replaces."""
        return self.namesake.material_id if self.namesake else 0

    @property
    def icon(self) -> str:
        return guessing.icon_of(self.name)

    @property
    def choice(self) -> Clash:
        """What is to be done; where no name clashes, a new material."""
        asked = self.form.clash.data
        return Clash(asked) if self.namesake and asked in set(Clash) else Clash.KEEP

    @property
    def offers(self) -> list[Any]:
        """The choices of a clash that this viewer has."""
        may = self.namesake is not None and self.namesake.can_replace
        return [option for option in self.form.clash if may or option.data != Clash.REPLACE]

    def validate(self) -> bool:
        """Only what counts for the choice that was made."""
        self.fault = "" if self.choice == Clash.SKIP else self._fault_of_file()
        is_valid = self.form.validate() if self.choice == Clash.KEEP else self._validate_choice()
        return is_valid and not self.fault

    def _fault_of_file(self) -> str:
        return fault_of_upload(self.file) if self.file else _("The file is not here any more. Choose it again; what you wrote of it stays.")

    def _validate_choice(self) -> bool:
        form = self.form
        if self.choice == Clash.REPLACE and not (self.namesake and self.namesake.can_replace):
            form.clash.errors = [_("You cannot replace the file of that material. Choose again.")]
            form.clash.data = Clash.KEEP.value
        elif self.choice == Clash.REPLACE and not form.note.data:
            form.note.errors = [_("Say in a few words what changed.")]
        elif self.choice == Clash.REPLACE:
            form.note.validate(form)
        return not (form.clash.errors or form.note.errors)


class Batch:
    """Everything that a page of uploads holds: the files with their words, the words for all, and what went wrong at the door.

    `arrived` are the uploads that came with this very request. They go to the entries that have lost their file, then to new ones.
    """

    def __init__(
        self,
        viewer: Viewer,
        network: Network,
        topics: list[Topic],
        posted: MultiDict[str, str] | None = None,
        arrived: list[str] | None = None,
        faults: list[str] | None = None,
    ) -> None:
        self.network = network
        self.faults = faults or []
        posted = _keyed(posted) if posted and has_words(posted) else None
        self.shared = SharedForm(network, topics, posted)
        self.entries = _read_entries(viewer, posted)
        for file in list_uploads(viewer, arrived or []):
            self._place(file)
        namesakes = find_namesakes(viewer, network, [entry.name for entry in self.entries])
        names = Counter(entry.name for entry in self.entries)
        for entry in self.entries:
            entry.namesake = namesakes.get(entry.name)
            entry.is_doubled = names[entry.name] > 1
            if entry.namesake and not entry.form.seen.data:
                entry.form.seen.data = str(entry.namesake.version)

    def _place(self, file: Upload) -> None:
        waiting = [entry for entry in self.entries if entry.file is None]
        entry = next((entry for entry in waiting if entry.name == file.name), waiting[0] if waiting else None)
        if entry is None:
            key = next(f"f{n}" for n in range(1, 1000) if f"f{n}" not in {entry.key for entry in self.entries})
            self.entries.append(begin_entry(key, file.name, file))
        else:
            entry.file = file
            entry.form.upload.data = file.id

    @property
    def is_many(self) -> bool:
        """Whether there are several; one alone is published on a page that shows who will see it."""
        return len(self.entries) > 1

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What to correct, with the id of the field, in the order of the page."""
        found = [("file", sentence) for sentence in self.faults]
        for entry in self.entries:
            found += [(f"{entry.key}-file", f"{entry.name}: {entry.fault}")] if entry.fault else []
            found += [(entry.form[name].id, str(text)) for name, texts in entry.form.errors.items() for text in texts]
        return found + [(self.shared[name].id, str(text)) for name, texts in self.shared.errors.items() for text in texts]

    def remove(self, key: str) -> Entry | None:
        """Take an entry off the page."""
        entry = next((entry for entry in self.entries if entry.key == key), None)
        if entry:
            self.entries.remove(entry)
        return entry

    def demand_files(self) -> bool:
        """Whether there are any, and all are good; a page without words has nothing else to be checked."""
        if not self.entries and not self.faults:
            self.faults = [_("Choose a file.")]
        return not self.faults

    def validate(self) -> bool:
        """Whether everything can be saved in one go; every fault stands at its field."""
        checks: list[Callable[[], bool]] = [*(entry.validate for entry in self.entries), self.shared.validate, self._each_replaces_another]
        return all([check() for check in (self.demand_files, *checks)])

    def _each_replaces_another(self) -> bool:
        taken: set[int] = set()
        for entry in self.entries:
            if entry.choice == Clash.REPLACE and entry.namesake:
                if entry.namesake.material_id in taken:
                    entry.form.clash.errors = [_("Another of these files replaces the same material already. Choose again.")]
                    return False
                taken.add(entry.namesake.material_id)
        return True


def suggest(viewer: Viewer, network: Network, key: str, name: str) -> Entry:
    """An entry for a file that is on its way, with what to do about its name."""
    if not KEY.fullmatch(key):
        raise NotFound
    name = clean_name(name)[:MAX_NAME]
    entry = begin_entry(key, name)
    entry.namesake = find_namesakes(viewer, network, [name]).get(name)
    if entry.namesake:
        entry.form.seen.data = str(entry.namesake.version)
    return entry


def has_words(posted: MultiDict[str, str]) -> bool:
    """Whether a form says anything of a file, or only brings some."""
    return "entry" in posted or any(name in posted for name in OWN)


def begin_entry(key: str, name: str, file: Upload | None = None) -> Entry:
    """The words for a new file, as its name suggests them."""
    language = guessing.language_of(name, current_language())
    form = EntryForm(
        None,
        prefix=f"{key}-",
        data={
            "upload": file.id if file else "",
            "name": name,
            f"title_{'sv' if language == 'sv' else 'fi'}": guessing.title_of(name),
            "kind": guessing.kind_of(name).value,
            "language": language.value if language else None,
        },
    )
    return Entry(key, form, file)


def _read_entries(viewer: Viewer, posted: MultiDict[str, str] | None) -> list[Entry]:
    if posted is None:
        return []
    keys = [key for key in dict.fromkeys(posted.getlist("entry")) if KEY.fullmatch(key)][:MOST_FILES]
    forms = {key: EntryForm(posted, prefix=f"{key}-") for key in keys}
    files = {file.id: file for file in list_uploads(viewer, [str(form.upload.data) for form in forms.values() if form.upload.data])}
    return [Entry(key, form, files.pop(str(form.upload.data), None)) for key, form in forms.items()]


def _keyed(posted: MultiDict[str, str]) -> MultiDict[str, str]:
    """A file and its description in one form, without a key: as the one entry of a page."""
    if "entry" in posted or not has_words(posted):
        return posted
    keyed = MultiDict(posted)
    keyed.add("entry", "f1")
    for name in OWN:
        keyed.setlist(f"f1-{name}", posted.getlist(name))
    return keyed
