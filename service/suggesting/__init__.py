"""First questions, made from the documents, of which it is known that they are answered well."""

from service.suggesting.suggester import Suggester
from service.suggesting.suggestion import Suggestion

__all__ = ["Suggester", "Suggestion"]
