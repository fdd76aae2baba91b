"""Files on their way in, as the library takes them: the checks and the storing are storage's."""

from extranet.storage.checks import ENDINGS, find_fault, most_megabytes
from extranet.storage.uploads import Faulty, receive
from extranet.storage.uploads import Received as NewFile

__all__ = ["ENDINGS", "Faulty", "NewFile", "find_fault", "most_megabytes", "receive"]
