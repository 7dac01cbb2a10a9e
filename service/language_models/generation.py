"""One run of a transformers model's `generate`, in a thread of its own."""

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch
from transformers import StoppingCriteria, StoppingCriteriaList, TextIteratorStreamer


class Generation:
    def __init__(
        self,
        model: Any,
        streamer: TextIteratorStreamer,
        stop: Callable[[], bool],
        options: Mapping[str, Any],
    ) -> None:
        """`stop`: called with each token; the generation ends when it says so. `options`: of
        `generate`, among them `input_ids`, one row of them, and `max_new_tokens`."""
        self._model, self._streamer = model, streamer
        self._stop = stop
        self._options = options
        self._left = threading.Event()
        self._error: BaseException | None = None
        self.cut_off = False
        """Whether it ended at `max_new_tokens`, without an end token; known after the pieces."""

    def pieces(self) -> Iterator[str]:
        """Text as it comes; closing the iterator waits until it has stopped. Raises what the model
        raises."""
        thread = threading.Thread(target=self._run, name="generation", daemon=True)
        thread.start()
        try:
            yield from (piece for piece in self._streamer if piece)
        finally:
            self._left.set()
            thread.join()
            if self._error:
                raise self._error

    def _run(self) -> None:
        criteria = StoppingCriteriaList([_Stopping(lambda: self._left.is_set() or self._stop())])
        try:
            (ids,) = self._model.generate(
                streamer=self._streamer, stopping_criteria=criteria, **self._options
            )
            self.cut_off = self._is_cut_off(ids)
        except BaseException as error:
            self._error = error
            self._streamer.on_finalized_text("", stream_end=True)

    def _is_cut_off(self, ids: torch.Tensor) -> bool:
        """`ids`: of prompt and answer."""
        written = len(ids) - self._options["input_ids"].shape[1]
        ends = self._model.generation_config.eos_token_id
        ends = ends if isinstance(ends, list) else [ends]
        return written >= self._options["max_new_tokens"] and int(ids[-1]) not in ends


class _Stopping(StoppingCriteria):
    def __init__(self, stop: Callable[[], bool]) -> None:
        self._stop = stop

    def __call__(
        self, input_ids: torch.Tensor, scores: torch.Tensor, **kwargs: Any
    ) -> torch.Tensor:
        rows = input_ids.shape[0]
        return torch.full((rows,), self._stop(), device=input_ids.device, dtype=torch.bool)
