"""The `hanse` command: words in, one action, words out. One file a word in `commands`."""
