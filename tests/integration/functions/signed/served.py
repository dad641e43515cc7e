"""The functions' entry in a process that gets certificates and accounts from our own server instead of Google's."""

import os
import sys

from firebase_admin import _token_gen, _user_mgt

from infra.local.parts import FUNCTIONS

_token_gen.ID_TOKEN_CERT_URI = f"{os.environ['GOOGLE_STAND_IN']}/certificates"
_user_mgt.UserManager.ID_TOOLKIT_URL = f"{os.environ['GOOGLE_STAND_IN']}/v1"

sys.path.insert(0, str(FUNCTIONS))

from main import *  # noqa: E402, F403
