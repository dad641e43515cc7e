"""Money is an integer of millionths of a US dollar, so that sums are exact."""

Micros = int
USD = 1_000_000


def micros(usd: float) -> Micros:
    """Round a price in dollars up to whole micros: a quote must never be below what is charged."""
    scaled = usd * USD
    whole = int(scaled)
    return whole if abs(scaled - whole) < 1e-6 else whole + 1


def dollars(amount: Micros) -> float:
    return round(amount / USD, 6)


def show(amount: Micros) -> str:
    """``$3.08``; three decimals below ten cents, where cheap calls would otherwise show as nothing."""
    return f"${amount / USD:.2f}" if amount >= USD // 10 or amount == 0 else f"${amount / USD:.3f}"
