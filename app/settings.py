"""Every setting of the product, read from `OZONE_...` environment variables."""

from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.library import HOME
from ingest.embedding import DEFAULT_MODEL


def _data_folder() -> Path:
    """`.ozone/` beside a checkout, else the user's data folder."""
    checkout = HOME.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "Makefile").is_file():
        return checkout / ".ozone"
    return Path(platformdirs.user_data_dir("ozone-evidence-chat"))


class Settings(BaseSettings):
    """Settings with their meaning; a wrong value is refused with its name."""

    model_config = SettingsConfigDict(env_prefix="OZONE_", frozen=True, extra="ignore")

    data: Path = Field(default_factory=_data_folder, description="Folder of the index.")
    corpus: Path = Field(default=HOME, description="Corpus folder; another therapy is another one.")
    embedding_model: str = Field(
        default=DEFAULT_MODEL,
        description="Embedding model: the default's name, a local folder, or a hub id.",
    )
    host: str = Field(default="127.0.0.1", description="Address the web chat listens on.")
    port: int = Field(default=8501, ge=1, le=65535, description="Port the web chat listens on.")
