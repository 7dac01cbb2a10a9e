"""The prompts of a written answer, filled and held to the model's context."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from service.answering.written.numbered import NumberedSentences
from service.answering.written.problems import Problem
from service.answering.written.refusals import NO_ANSWER
from service.language_models.language_model import LanguageModel, Message
from service.language_models.limits import Limits
from service.prompts import Prompt, fence, load_prompt
from service.retrieval.retrieved import RetrievedPassage

_SPARE_TOKENS = 32  # for what a chat template puts around a message


@dataclass(frozen=True, slots=True)
class Asking:
    """What a model is asked about one question."""

    question: str
    sentences: NumberedSentences

    @classmethod
    def of(
        cls, question: str, passages: Sequence[RetrievedPassage], model: LanguageModel
    ) -> "Asking":
        """With as many of the passages, best first, as the model's context holds beside the
        prompt and the answer; perhaps with no sentence."""
        bare = cls(question, NumberedSentences(()))
        prompts = [bare.first(), bare.again(Problem.UNCITED)]
        prompt = max(model.count_tokens(messages[0].content) for messages in prompts)
        room = model.context_tokens - model.most_tokens - prompt - _SPARE_TOKENS
        return cls(question, NumberedSentences.of(passages, room, model.count_tokens))

    def first(self) -> list[Message]:
        sentences = self.sentences.written()
        text = answer_prompt().fill(
            fence=fence(sentences, self.question),
            sentences=sentences,
            question=self.question,
            no_answer=NO_ANSWER,
        )
        return [Message("user", text)]

    def again(self, problem: Problem) -> list[Message]:
        """The same, with what was wrong with the first answer."""
        (first,) = self.first()
        more = again_prompt().fill(problem=problem.for_model, no_answer=NO_ANSWER)
        return [Message("user", f"{first.content}\n\n{more}")]


def asked(
    model: LanguageModel, messages: Sequence[Message], limits: Limits
) -> Generator[str, None, None]:
    """The pieces of the model's reply, as a generator: to close it stops the model."""
    yield from model.stream(messages, limits)


def answer_prompt() -> Prompt:
    return load_prompt("answer")


def again_prompt() -> Prompt:
    return load_prompt("answer-again")
