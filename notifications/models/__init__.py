from .digests import Digest
from .mailed import CLAIM_LASTS
from .messages import Message
from .preferences import Frequency, Preference

__all__ = ["CLAIM_LASTS", "Digest", "Frequency", "Message", "Preference"]
