"""How an annex's columns share the width of a page."""

from collections.abc import Mapping
from types import MappingProxyType

SHARES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "programme": (24, 10, 78, 42),
        "participants": (50, 54, 50),
        "speakers": (14, 70, 70),
        "documents": (40, 114),
        "recommendations": (76, 36, 28, 14),
        "commitments": (40, 70, 30, 14),
        "practices": (60, 40, 26, 14, 14),
        "statistics": (120, 34),
        "evidence": (14, 52, 52, 36),
        "anchor": (18, 96, 40),
    }
)
