"""A transformers causal language model in this process, as one of LlamaIndex's LLMs."""

import re
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.llms.callbacks import llm_chat_callback, llm_completion_callback
from llama_index.core.llms.custom import CustomLLM
from pydantic import PrivateAttr
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    TextIteratorStreamer,
)
from transformers.utils.logging import disable_progress_bar

from service.language_models.generation import Generation

_OPENED = re.compile(r"(<think(?:ing)?>)\s*\Z")
_UNKNOWN_CONTEXT = 2048
_LARGEST_CONTEXT = 1_000_000  # tokenizers without a limit of their own say something far larger


class TransformersLLM(CustomLLM):
    """`path`: a folder, or a name on the hub, which is downloaded at first use.

    Raises what transformers raises when it cannot be loaded.
    """

    path: str
    max_tokens: int
    temperature: float
    context_window: int = 0
    """0 for what the model says of itself."""

    _model: Any = PrivateAttr()
    _tokenizer: Any = PrivateAttr()
    _special: re.Pattern[str] = PrivateAttr()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if Path(self.path).is_dir():
            disable_progress_bar()  # type: ignore[no-untyped-call]  # nothing is downloaded
        self._tokenizer = AutoTokenizer.from_pretrained(self.path)
        self._special = self._special_tokens()
        self._model = AutoModelForCausalLM.from_pretrained(self.path, dtype="auto")
        if torch.cuda.is_available():
            self._model.to("cuda")
        self.context_window = self.context_window or self._said_context()

    @classmethod
    def class_name(cls) -> str:
        return "transformers_llm"

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(
            context_window=self.context_window,
            num_output=self.max_tokens,
            is_chat_model=True,
            model_name=self.path,
        )

    def count_tokens(self, text: str) -> int:
        return len(self._tokenizer(self._plain(text), add_special_tokens=False)["input_ids"])

    @llm_chat_callback()
    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """`stop`: called with each token; the generation ends when it says so. `max_tokens`:
        instead of the model's own. The last reply's `raw` says why it ended, if that is
        "length"."""
        prompt = self._rendered(messages)
        generation = self._generation(prompt, **kwargs)

        def replies() -> ChatResponseGen:
            said = ""
            for piece in chain(_begun(prompt), generation.pieces()):
                said += piece
                yield _reply(said, piece)
            yield _reply(said, "", "length" if generation.cut_off else None)

        return replies()

    @llm_chat_callback()
    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        prompt = self._rendered(messages)
        pieces = chain(_begun(prompt), self._generation(prompt, **kwargs).pieces())
        return _reply("".join(pieces))

    @llm_completion_callback()
    def stream_complete(
        self, prompt: str, formatted: bool = False, **kwargs: Any
    ) -> CompletionResponseGen:
        generation = self._generation(prompt, **kwargs)

        def replies() -> CompletionResponseGen:
            said = ""
            for piece in generation.pieces():
                said += piece
                yield CompletionResponse(text=said, delta=piece)

        return replies()

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return CompletionResponse(text="".join(self._generation(prompt, **kwargs).pieces()))

    def _rendered(self, messages: Sequence[ChatMessage]) -> str:
        turns = [
            {"role": one.role.value, "content": self._plain(one.content or "")} for one in messages
        ]
        if self._tokenizer.chat_template:
            rendered = self._tokenizer.apply_chat_template(
                turns, tokenize=False, add_generation_prompt=True
            )
            return str(rendered)
        lines = [f"{turn['role'].capitalize()}: {turn['content']}" for turn in turns]
        return "\n\n".join([*lines, "Assistant:"])

    def _plain(self, text: str) -> str:
        """With a space inside what the tokenizer would read as one of its special tokens: a
        document that has "<|im_end|>" must not end its message."""
        return self._special.sub(lambda found: f"{found[0][:1]} {found[0][1:]}", text)

    def _generation(
        self,
        prompt: str,
        stop: Callable[[], bool] = lambda: False,
        max_tokens: int | None = None,
        **_: Any,
    ) -> Generation:
        # A chat template writes the special tokens itself.
        templated = bool(self._tokenizer.chat_template)
        inputs = self._tokenizer(prompt, return_tensors="pt", add_special_tokens=not templated).to(
            self._model.device
        )
        room = self.context_window - inputs["input_ids"].shape[1]
        if room <= 0:
            raise ValueError(f"the prompt is longer than its context of {self.context_window}")
        streamer = TextIteratorStreamer(self._tokenizer, skip_prompt=True, skip_special_tokens=True)
        options = {
            "input_ids": inputs["input_ids"],
            "attention_mask": inputs["attention_mask"],
            "max_new_tokens": min(max_tokens or self.max_tokens, room),
            "pad_token_id": self._padding(),
            **self._sampling(),
        }
        return Generation(self._model, streamer, stop, options)

    def _sampling(self) -> dict[str, Any]:
        if self.temperature > 0:
            return {"do_sample": True, "temperature": self.temperature}
        return {"do_sample": False}

    def _padding(self) -> int | None:
        padding: int | None = self._tokenizer.pad_token_id
        return self._tokenizer.eos_token_id if padding is None else padding

    def _said_context(self) -> int:
        config = self._model.config.get_text_config()
        said = getattr(config, "max_position_embeddings", None) or getattr(config, "n_positions", 0)
        most = self._tokenizer.model_max_length
        limits = [limit for limit in (said, most) if limit and limit < _LARGEST_CONTEXT]
        return min(limits, default=_UNKNOWN_CONTEXT)

    def _special_tokens(self) -> re.Pattern[str]:
        """Chat templates write with them; some are not marked as special."""
        added = self._tokenizer.added_tokens_decoder.values()
        texts = {one.content for one in added if one.special or one.content.startswith("<")}
        longest_first = sorted((text for text in texts if len(text) > 1), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def _begun(prompt: str) -> list[str]:
    """What a chat template has written of the answer already: the tag that opens the thoughts."""
    return _OPENED.findall(prompt)


def _reply(said: str, piece: str = "", end_reason: str | None = None) -> ChatResponse:
    message = ChatMessage(role=MessageRole.ASSISTANT, content=said)
    return ChatResponse(message=message, delta=piece, raw=end_reason)
