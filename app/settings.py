"""Every setting of the product, read from `OZONE_...` environment variables."""

from pathlib import Path

import platformdirs
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.library import HOME
from ingest.embedding import DEFAULT_MODEL
from ingest.server import Server


def _data_folder() -> Path:
    """`.ozone/` beside a checkout, else the user's data folder."""
    checkout = HOME.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "Makefile").is_file():
        return checkout / ".ozone"
    return Path(platformdirs.user_data_dir("ozone-evidence-chat"))


class Settings(BaseSettings):
    """Settings with their meaning; a wrong value is refused with its name."""

    # An address may hold a password: no message repeats what was given.
    model_config = SettingsConfigDict(
        env_prefix="OZONE_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    data: Path = Field(default_factory=_data_folder, description="Folder of the index.")
    corpus: Path = Field(default=HOME, description="Corpus folder; another therapy is another one.")
    embedding_model: str = Field(
        default=DEFAULT_MODEL,
        description="Embedding model: the default's name, a local folder, or a hub id.",
    )
    chroma_url: str | None = Field(
        default=None,
        repr=False,
        description="Chroma server that holds the vectors; none: they lie in the data folder.",
    )
    host: str = Field(default="127.0.0.1", description="Address the web chat listens on.")
    port: int = Field(default=8501, ge=1, le=65535, description="Port the web chat listens on.")

    @field_validator("chroma_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        """Empty means unset, as compose files and CI write it."""
        if not value or not value.strip():
            return None
        Server.at(value.strip())
        return value.strip()

    @property
    def server(self) -> Server | None:
        """The Chroma server to use, if any."""
        return Server.at(self.chroma_url) if self.chroma_url else None
