"""LlamaIndex's Anthropic LLM for models that its list of names does not have yet."""

from llama_index.core.base.llms.types import LLMMetadata
from llama_index.llms.anthropic import Anthropic

UNKNOWN = 0


class AnthropicLLM(Anthropic):
    @property
    def metadata(self) -> LLMMetadata:
        """With a context of `UNKNOWN` for a name that is not in the list."""
        try:
            return super().metadata
        except ValueError:
            return LLMMetadata(
                context_window=UNKNOWN,
                num_output=self.max_tokens,
                is_chat_model=True,
                model_name=self.model,
            )
