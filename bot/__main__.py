"""`python -m bot` is the `nhaclich` command."""

from bot.cli import main

main()
