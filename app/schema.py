"""JSON schemas; `python -m app.schema answer > docs/answer.schema.json` writes one of them."""

import json
import sys
from typing import Any

from app.advert.report import AdvertReport
from app.answer import Answer


def answer_schema() -> dict[str, Any]:
    """The schema of one answer as `ozone ask --json` prints it."""
    return Answer.model_json_schema(mode="serialization")


def advert_schema() -> dict[str, Any]:
    """The schema of one report as `ozone check-advert --json` prints it."""
    return AdvertReport.model_json_schema(mode="serialization")


if __name__ == "__main__":
    schema = advert_schema() if sys.argv[1:] == ["advert"] else answer_schema()
    print(json.dumps(schema, indent=2))
