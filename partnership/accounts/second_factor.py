"""The second factor: secrets are stored encrypted, the square to scan is drawn in the page. Set as MFA_ADAPTER."""

from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter

from partnership.accounts import sealing

PURPOSE = "partnership.accounts.second_factor"


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Allauth's, with our sealing, our words and a square without a file's head."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is wrong or too old. Enter the code that your app shows now.",
    }

    def build_totp_svg(self, url: str) -> str:
        """Without the declaration of an XML file, so that it can stand in a page: no image from a data: address."""
        drawn = str(super().build_totp_svg(url))
        return drawn[drawn.index("<svg") :]

    def encrypt(self, text: str) -> str:
        return sealing.keys(PURPOSE).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.keys(PURPOSE).decrypt(encrypted_text.encode()).decode()
