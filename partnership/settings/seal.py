"""What a published PDF is sealed with. All of it may be empty: then nothing is sealed."""

from partnership.settings import env


def from_environment() -> dict[str, str]:
    """Two files, a passphrase and an address, as they are named; documents/checks.py looks whether they are any good."""
    return {
        "certificate": env.text("SEAL_CERTIFICATE_FILE", ""),
        "key": env.text("SEAL_KEY_FILE", ""),
        "passphrase": env.text("SEAL_PASSPHRASE", ""),
        "timestamps": env.text("SEAL_TIMESTAMP_URL", ""),
    }
