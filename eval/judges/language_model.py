"""A language model as the judge, behind any OpenAI-compatible chat endpoint."""

import json
import re
from collections.abc import Iterator

from eval.judges.judge import JudgeError
from eval.targets.chat_client import ChatClient, ChatError, ChatReply, Message
from service.prompts import fence, load_prompt

_TIMEOUT_S = 60.0
_RETRIES = 2
_MOST_TOKENS = 64
_VERDICTS = {
    "supported": 1.0,
    "fully supported": 1.0,
    "yes": 1.0,
    "partially supported": 0.0,
    "partially": 0.0,
    "partly supported": 0.0,
    "not fully supported": 0.0,
    "not supported": 0.0,
    "unsupported": 0.0,
    "contradicted": 0.0,
    "no": 0.0,
}
_OBJECT = re.compile(r"\{[^{}]*\}")
_LABEL = re.compile(r"^(?:(?:the )?(?:final )?(?:verdict|answer)|supported)\s*(?::|=| is )\s*")
# A verdict stands alone or before a stop: "supported by half" is none.
_SPOKEN = re.compile(r"([a-z ]+?)\s*(?:$|[.,;:!(–—-])")


class LanguageModelJudge:
    """Asks for a verdict on each statement, all or nothing: partial support is 0 (ALCE, Gao et al.
    2023). Temperature 0 and a seed, so that a server that honours them repeats itself.
    """

    def __init__(
        self,
        model: str,
        base_url: str,
        api_key: str = "",
        *,
        seed: int = 0,
        most_tokens: int = _MOST_TOKENS,
        timeout_s: float = _TIMEOUT_S,
        retries: int = _RETRIES,
    ) -> None:
        """`most_tokens` of a verdict; a model that thinks first needs some thousands."""
        self._prompt = load_prompt("judge-support")
        self._again = load_prompt("judge-support-again")
        self.name = f"{model}, {self._prompt.name} {self._prompt.version}"
        self._client = ChatClient(base_url, model, api_key, timeout_s=timeout_s, retries=retries)
        self._options = {"temperature": 0, "seed": seed, "max_tokens": most_tokens}

    def supports(self, statement: str, evidence: str) -> float:
        """1 or 0. Raises JudgeError when the endpoint fails, or twice gives no verdict."""
        messages: list[Message] = [{"role": "user", "content": self._question(statement, evidence)}]
        reply = self._complete(messages)
        score = read_verdict(reply.text)
        if score is None:
            messages.append({"role": "assistant", "content": reply.text or "(nothing)"})
            messages.append({"role": "user", "content": self._again.fill()})
            reply = self._complete(messages)
            score = read_verdict(reply.text)
        if score is None:
            raise JudgeError(self._unreadable(reply))
        return score

    def _question(self, statement: str, evidence: str) -> str:
        word = fence(statement, evidence)
        return self._prompt.fill(fence=word, statement=statement, evidence=evidence)

    def _complete(self, messages: list[Message]) -> ChatReply:
        try:
            return self._client.complete(messages, self._options)
        except ChatError as error:
            raise JudgeError(f"the judge at {error}") from None

    def _unreadable(self, reply: ChatReply) -> str:
        if reply.cut_off:
            return (
                f"the judge {self.name} gave no verdict within {self._options['max_tokens']} "
                "tokens: allow it more if it is a model that thinks first"
            )
        said = " ".join(reply.text.split())[:200]
        return f"the judge {self.name} was asked twice and gave no verdict; it said: {said!r}"


def read_verdict(reply: str) -> float | None:
    """1, 0, or None when there is no verdict, or when there are several that differ."""
    found = set(_written(reply)) or set(_spoken(reply))
    return found.pop() if len(found) == 1 else None


def _written(reply: str) -> Iterator[float]:
    """Verdicts as JSON: {"verdict": "supported"} or {"supported": true}."""
    for written in _OBJECT.findall(reply):
        try:
            said = json.loads(written)
        except ValueError:
            continue
        verdict = said.get("verdict", said.get("supported"))
        if isinstance(verdict, bool):
            yield float(verdict)
        elif _plain(str(verdict)) in _VERDICTS:
            yield _VERDICTS[_plain(str(verdict))]


def _spoken(reply: str) -> Iterator[float]:
    """Verdicts in words, at the beginning of a line."""
    for line in reply.splitlines():
        said = _SPOKEN.match(_LABEL.sub("", _plain(line)))
        if said and said[1] in _VERDICTS:
            yield _VERDICTS[said[1]]


def _plain(text: str) -> str:
    """Without the marks that models put around words."""
    return " ".join(re.sub(r"[*_\"'`#>]+|(?<=\w)-(?=\w)", " ", text.lower()).split())
