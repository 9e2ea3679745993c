from .claims import Claim
from .reports import Report

__all__ = ["Claim", "Report"]
