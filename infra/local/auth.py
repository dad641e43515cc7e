"""Unsigned tokens for the local cloud: Firebase ID tokens for people, OIDC tokens for Cloud Tasks.

The emulators and `firebase_admin` (with FIREBASE_AUTH_EMULATOR_HOST set) accept tokens whose algorithm is "none";
production refuses them.
"""

import base64
import json
import time
from collections.abc import Mapping


def unsigned_jwt(claims: Mapping[str, object]) -> str:
    """A JWT with these claims, algorithm "none" and an empty signature."""
    head, body = (
        base64.urlsafe_b64encode(json.dumps(part, separators=(",", ":")).encode()).rstrip(b"=").decode()
        for part in ({"alg": "none", "typ": "JWT"}, dict(claims))
    )
    return f"{head}.{body}."


def unsigned_token(uid: str, project: str, **claims: object) -> str:
    """A Firebase ID token for the user `uid` of `project`, valid for an hour; `claims` are added or replace ours.

    The shape is what Firebase Auth issues: `firebase_admin.auth.verify_id_token` checks `aud`, `iss` and `sub`, and the
    Firestore emulator's rules see `request.auth.uid`.
    """
    now = int(time.time())
    return unsigned_jwt(
        {
            "iss": f"https://securetoken.google.com/{project}",
            "aud": project,
            "sub": uid,
            "user_id": uid,
            "auth_time": now,
            "iat": now,
            "exp": now + 3600,
            "firebase": {"identities": {}, "sign_in_provider": "custom"},
            **claims,
        }
    )
