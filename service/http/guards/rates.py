"""How often each key, or each address, may ask."""

import asyncio
import logging
import math
import time

from limits import RateLimitItem, parse_many
from limits.aio.strategies import MovingWindowRateLimiter

from service.rate_limits import rate_storage

_COUNTING_S = 2.0  # the most that counting may take

_log = logging.getLogger("footnote")


class Rates:
    """Counts requests by who makes them. See `limits` for the notation and the storages."""

    def __init__(self, rate: str, storage: str) -> None:
        """Raises ValueError when there is no such storage."""
        self._rates: list[RateLimitItem] = parse_many(rate) if rate else []
        self._limiter = MovingWindowRateLimiter(rate_storage(storage))

    async def seconds_to_wait(self, who: str) -> int | None:
        """Count a request; whole seconds until another may be made when this was one too many.

        Where counting fails, everyone may ask: a count that is lost must not stop the service.
        """
        try:
            async with asyncio.timeout(_COUNTING_S):
                for rate in self._rates:
                    if not await self._limiter.hit(rate, who):
                        window = await self._limiter.get_window_stats(rate, who)
                        return max(1, math.ceil(window.reset_time - time.time()))
        except Exception as error:
            kind = type(error).__name__  # without its traceback: it is of every request
            _log.error("requests cannot be counted (FOOTNOTE_RATE_LIMIT_STORAGE): %s", kind)
        return None
