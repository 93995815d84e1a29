"""The root key: made here, read from text or from a command, and never part of an error."""

from __future__ import annotations

import base64
import binascii
import secrets
import shlex
import subprocess

KEY_BYTES = 32  # AES-256 and HKDF-SHA-256 want this much
KEY_COMMAND_SECONDS = 30  # a vault may ask a network; longer means nobody will answer


def new_key() -> str:
    """Return a fresh root key: 32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def decode_key(text: str) -> bytes:
    """Return the 32 bytes of a key in URL-safe base64; raise ``ValueError`` without repeating it."""
    bare = text.strip().rstrip("=")
    try:
        key = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("it is not URL-safe base64") from None
    if len(key) != KEY_BYTES:
        raise ValueError(f"it is not {KEY_BYTES} bytes long")
    return key


def key_from(command: str) -> bytes:
    """Run a command without a shell and return the key it prints.

    Raises ``ValueError`` with what is wrong and how to mend it, never with what it printed.
    """
    try:
        words = shlex.split(command)
        done = subprocess.run(words, capture_output=True, check=True, text=True, timeout=KEY_COMMAND_SECONDS)  # noqa: S603 - the operator's own command
        return decode_key(done.stdout)
    except subprocess.TimeoutExpired:
        what = f"it did not answer within {KEY_COMMAND_SECONDS} seconds. Run it by hand to see why."
    except subprocess.CalledProcessError as error:
        what = f"it failed with exit code {error.returncode}. Run it by hand to see why."
    except (OSError, IndexError):
        what = "it cannot be started. Check that the program exists and may be run."
    except ValueError:
        what = f"it gives no key. It must print {KEY_BYTES} bytes in URL-safe base64, and nothing else."
    raise ValueError(what)
