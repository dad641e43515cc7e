"""What things are: pydantic models and enums. No I/O and no Google imports."""
