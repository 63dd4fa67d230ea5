"""The JSON schema of `Answer`; `python -m app.schema > docs/answer.schema.json` writes it."""

import json
from typing import Any

from app.answer import Answer


def answer_schema() -> dict[str, Any]:
    """The schema of one answer as `ozone ask --json` prints it."""
    return Answer.model_json_schema(mode="serialization")


if __name__ == "__main__":
    print(json.dumps(answer_schema(), indent=2))
