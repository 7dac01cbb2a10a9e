"""A language model as the judge, behind any OpenAI-compatible chat endpoint."""

from eval.judges.judge import JudgeError
from eval.targets.chat_client import ChatClient, ChatError, ChatReply, Message
from service.answering.support.spoken_verdict import read_verdict
from service.prompts import fence, load_prompt

_TIMEOUT_S = 60.0
_RETRIES = 2
_MOST_TOKENS = 64


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
