"""Settings of who may use the service, and how much."""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

from service.api_keys import parse_keys


class AccessSettings(BaseSettings):
    """Keys, origins and rates."""

    api_keys: Annotated[
        SecretStr,
        Field(
            description="Who may use the service: `ROLE:KEY` with commas between; role ask (ask, "
            "search and read) or manage (also add and delete documents). Without any, everyone who "
            "can reach it may do everything."
        ),
    ] = SecretStr("")
    allow_unauthenticated: Annotated[
        bool,
        Field(description="Whether to listen on other addresses than this machine's without keys."),
    ] = False
    allowed_hosts: Annotated[
        str,
        Field(
            description="Names that requests may call the service by, with commas between; if "
            "empty, this machine's own when it listens there without keys, else any."
        ),
    ] = ""
    cors_origins: Annotated[
        str,
        Field(
            description="Origins whose pages may call the service, with commas between, such as "
            "https://app.example.org; none if empty."
        ),
    ] = ""
    rate_limit: Annotated[
        str,
        Field(
            description="The most requests for each key, or address without keys, such as "
            "`60/minute` or `10/second; 1000/day`; none if empty."
        ),
    ] = ""
    rate_limit_storage: Annotated[
        str,
        Field(
            min_length=1,
            repr=False,  # it may have a password
            description="Where requests are counted: memory://, in each worker by itself, or "
            "another of the `limits` library, such as redis://host:6379, for all of them.",
        ),
    ] = "memory://"

    @field_validator("api_keys")
    @classmethod
    def _keys_with_roles(cls, value: SecretStr) -> SecretStr:
        keys = value.get_secret_value().strip()  # of space alone would be keys, and none
        parse_keys(keys)
        return SecretStr(keys)

    @field_validator("allowed_hosts")
    @classmethod
    def _names(cls, value: str) -> str:
        for name in listed(value):
            if "/" in name or (":" in name and not _is_address(name.strip("[]"))):
                raise ValueError(f"{name} is no name, such as answers.example.org, without a port")
        return value

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, value: str) -> str:
        for origin in listed(value):
            parts = urlsplit(origin)
            if (
                parts.scheme not in ("http", "https")
                or origin != f"{parts.scheme}://{parts.netloc}"
            ):
                raise ValueError(f"{origin} is no origin, such as https://app.example.org")
        return value

    @field_validator("rate_limit")
    @classmethod
    def _rates(cls, value: str) -> str:
        if value:
            from limits import parse_many

            try:
                parse_many(value)
            except ValueError:
                raise ValueError("must be such as 60/minute, with ; between several") from None
        return value

    @field_validator("rate_limit_storage")
    @classmethod
    def _storage(cls, value: str) -> str:
        if value != "memory://":
            from service.rate_limits import rate_storage

            rate_storage(value)
        return value


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def listed(value: str) -> list[str]:
    """The entries of a setting that has commas between them."""
    return [entry.strip() for entry in value.split(",") if entry.strip()]
