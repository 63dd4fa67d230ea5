"""What every record type shares: frozen, nothing unknown let in, text never blank."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,79}$")]
"""A record's id: lower case letters, digits and hyphens."""

PointId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,79}#[a-z0-9][a-z0-9-]{0,59}$")
]
"""A citable point inside a record: `record-id#key`."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Record(BaseModel):
    """Base of all records: immutable, and an unknown field is an error."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False
    )
