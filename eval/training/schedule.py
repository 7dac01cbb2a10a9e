"""The learning rate of a training run."""

_WARM_UP = 0.06  # share of the steps


def warmed_up(step: int, steps: float) -> float:
    """Share of the highest rate: linear warm-up, then linear decay."""
    warm = max(1, int(_WARM_UP * steps))
    return step / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))
