"""A causal language model with random weights: real tokens, real streaming, and gibberish."""

from collections.abc import Iterable
from pathlib import Path

_CONTEXT_TOKENS = 2048
_TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}</s>"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def make_tiny_model(folder: Path, texts: Iterable[str], *, chat_template: bool = True) -> Path:
    """A Llama of two layers, its byte-level tokenizer trained on `texts`, saved in `folder`."""
    import torch
    from tokenizers import ByteLevelBPETokenizer
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    trained = ByteLevelBPETokenizer()
    special = ["<s>", "</s>", "<|system|>", "<|user|>", "<|assistant|>"]
    trained.train_from_iterator(texts, vocab_size=600, special_tokens=special)
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=trained._tokenizer,
        bos_token="<s>",
        eos_token="</s>",
        model_max_length=_CONTEXT_TOKENS,
        clean_up_tokenization_spaces=False,
    )
    if chat_template:
        tokenizer.chat_template = _TEMPLATE
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=_CONTEXT_TOKENS,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        initializer_range=0.6,  # enough for the words to change from one to the next
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder
