import firebase_admin
import pytest
from firebase_admin import auth

from infra.local.auth import unsigned_token


def test_firebase_admin_accepts_our_tokens_for_its_project_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:1")
    app = firebase_admin.initialize_app(options={"projectId": "demo-ugcgen"}, name="test-auth")
    try:
        claims = auth.verify_id_token(unsigned_token("ann", "demo-ugcgen", email="ann@example.com", admin=True), app)
        assert (claims["uid"], claims["email"], claims["admin"]) == ("ann", "ann@example.com", True)
        with pytest.raises(auth.InvalidIdTokenError, match="aud"):
            auth.verify_id_token(unsigned_token("ann", "another"), app)
    finally:
        firebase_admin.delete_app(app)
