"""One file a word: NAME, HELP, `arguments(parser)` and `run(args) -> exit code`."""
