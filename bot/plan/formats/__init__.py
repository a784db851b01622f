"""One reader per file format, each giving a bot.plan.document.Document; the table of them is in `table`."""
