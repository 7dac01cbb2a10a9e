"""How often each key, or each address, may ask."""

import logging
import math
import time

from limits import RateLimitItem, parse_many
from limits.aio.storage import Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string

_log = logging.getLogger("footnote")


class Rates:
    """Counts requests by who makes them. See `limits` for the notation and the storages."""

    def __init__(self, rate: str, storage: str) -> None:
        self._rates: list[RateLimitItem] = parse_many(rate) if rate else []
        made = storage_from_string(f"async+{storage}")
        assert isinstance(made, Storage)
        self._limiter = MovingWindowRateLimiter(made)

    async def seconds_to_wait(self, who: str) -> int | None:
        """Count a request; whole seconds until another may be made when this was one too many.

        Where counting fails, everyone may ask: a count that is lost must not stop the service.
        """
        try:
            for rate in self._rates:
                if not await self._limiter.hit(rate, who):
                    window = await self._limiter.get_window_stats(rate, who)
                    return max(1, math.ceil(window.reset_time - time.time()))
        except Exception as error:
            _log.error("requests cannot be counted (FOOTNOTE_RATE_LIMIT_STORAGE)", exc_info=error)
        return None
