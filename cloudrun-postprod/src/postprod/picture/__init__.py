"""The picture: segments and what is laid over them, and single frames."""
