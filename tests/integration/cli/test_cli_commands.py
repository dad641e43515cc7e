"""The commands against the local cloud: a job from its brief to its storyboard, decided and cancelled."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from conftest_names import EXAMPLES, Ugcgen
