"""Forms of sentences, and the questions that such a sentence answers: a file a kind."""

from collections.abc import Callable, Iterator

from service.suggesting.forms.amounts import amounts
from service.suggesting.forms.definitions import definitions
from service.suggesting.forms.doings import doings
from service.suggesting.forms.happenings import happenings
from service.suggesting.forms.instructions import instructions
from service.suggesting.forms.permissions import permissions
from service.suggesting.forms.told import Told
from service.suggesting.forms.uses import uses
from service.suggesting.suggestion import Draft

Form = Callable[[Told], Iterator[Draft]]

FORMS: tuple[Form, ...] = (
    definitions,
    doings,
    happenings,
    amounts,
    uses,
    permissions,
    instructions,
)

__all__ = ["FORMS", "Told"]
