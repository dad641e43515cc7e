"""Quality control of a finished film: one decode of it, its headers, and where each fault can be mended."""
