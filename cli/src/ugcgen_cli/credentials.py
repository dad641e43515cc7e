"""Who calls: Google credentials that carry a Firebase ID token, for HTTP and for Firestore alike."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from google.auth.credentials import Credentials

_LIFETIME = timedelta(hours=1)


class LocalUser(Credentials):
    """The user and administrator of the local cloud, which takes unsigned tokens; production refuses them."""

    def __init__(self, user_id: str, project: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._user_id = user_id
        self._project = project

    def refresh(self, request: Any) -> None:
        moment = datetime.now(UTC)
        self.expiry = (moment + _LIFETIME).replace(tzinfo=None)  # google-auth counts in UTC without saying so
        claims = {
            "iss": f"https://securetoken.google.com/{self._project}",
            "aud": self._project,
            "sub": self._user_id,
            "user_id": self._user_id,
            "admin": True,
            "iat": int(moment.timestamp()),
            "exp": int((moment + _LIFETIME).timestamp()),
            "firebase": {"identities": {}, "sign_in_provider": "custom"},
        }
        self.token = f"{_encoded({'alg': 'none', 'typ': 'JWT'})}.{_encoded(claims)}."


def _encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
