"""Columns that the database searches and sorts by, filled from other columns of the same record."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from budgeting_blocks.domain.rotation import PRIME


class DerivedTextField(models.TextField):
    """Holds `make(text)` of the source fields' joined text. Written at every save, `bulk_create` included; never by hand.

    A saved record is never behind its sources, unless they are changed with `update()`. Revisions do not hold it.
    """

    def __init__(
        self, *args: Any, sources: Sequence[str] = (), make: Callable[[str], str] = str, **kwargs: Any
    ) -> None:
        self.sources, self.make = tuple(sources), make
        kwargs |= {"editable": False, "default": "", "blank": True, "serialize": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        # To the database this is a plain text column.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = " ".join(str(getattr(model_instance, source)) for source in self.sources)
        value = self.make(text)
        setattr(model_instance, self.attname, value)
        return value


def rotation_key() -> int:
    """A random place for `domain.rotation`."""
    return secrets.randbelow(PRIME)


def both_or_neither(name: str, message: Any) -> models.CheckConstraint:
    """A point has a latitude and a longitude on this globe, or there is none."""
    # Compared with nothing, a number is neither inside nor outside, and a check lets that pass: so say that both are there.
    known = Q(latitude__isnull=False, longitude__isnull=False)
    inside = known & Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180)
    nowhere = Q(latitude__isnull=True, longitude__isnull=True)
    return models.CheckConstraint(condition=nowhere | inside, name=name, violation_error_message=message)
