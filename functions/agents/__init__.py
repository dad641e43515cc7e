"""Who thinks: agents build prompts and read answers. They store nothing themselves."""
