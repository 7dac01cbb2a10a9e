"""Who says so: the speaker of a sentence that reports a claim."""

from service.answering.attribution.speaker import Speaker, speaker_of

__all__ = ["Speaker", "speaker_of"]
