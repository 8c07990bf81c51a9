"""Who sees and changes what, where the app is shared."""

from __future__ import annotations

ANYBODY = "No sign-in: everybody who reaches this address sees and changes everything."
SIGN_IN_FIRST = "Sign in to see the data and designs on this server."
