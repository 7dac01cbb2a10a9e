"""API keys: kept as hashes, compared in constant time."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["ask", "manage"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is remembered. `manage` may do all that `ask` may."""

    digest: bytes
    """SHA-256 of the key, 32 bytes."""
    role: Role

    @property
    def name(self) -> str:
        """Tells keys apart in logs and counts, and gives none away."""
        return self.digest.hex()[:8]

    def may(self, role: Role) -> bool:
        return self.role in ("manage", role)


def parse_keys(text: str) -> tuple[ApiKey, ...]:
    """Keys of `ROLE:KEY` with commas between. Raises ValueError, which gives no key away."""
    found: dict[bytes, ApiKey] = {}
    for number, entry in enumerate((part.strip() for part in text.split(",")), 1):
        role, colon, key = entry.partition(":")
        if not text.strip():
            break
        if not colon or role not in ROLES or not key:
            raise ValueError(
                f"entry {number} is not ask:KEY or manage:KEY; entries have commas between"
            )
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise ValueError(f"the key of entry {number} has characters that no header can carry")
        digest = _digest(key)
        if digest in found and found[digest].role != role:
            raise ValueError(f"the key of entry {number} has another role already")
        found[digest] = ApiKey(digest, role)
    return tuple(found.values())


def find_key(keys: Sequence[ApiKey], given: str) -> ApiKey | None:
    """The key that was given. Every key is compared, so that the time tells nothing."""
    digest = _digest(given)
    found = None
    for key in keys:
        if hmac.compare_digest(key.digest, digest):
            found = key
    return found


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()
