"""`python -m app` is the `ozone` command."""

from app.cli import cli

cli()
