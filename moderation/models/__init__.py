from .claims import Claim

__all__ = ["Claim"]
