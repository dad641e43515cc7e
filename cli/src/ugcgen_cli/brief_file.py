"""A brief in a YAML file, and what is wrong with it in one sentence that names the file, the line and the field."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError

from ugcgen.domain.brief import Brief, ModelChoice, SceneWish
from ugcgen_cli.errors import CliError

Location = tuple[int | str, ...]


def read_brief(path: Path) -> Brief:
    """The brief. Raises CliError for a file that is missing, no YAML, or no valid brief."""
    root = _parse(path)
    if not isinstance(root, yaml.MappingNode):
        raise CliError(f"{path} is no brief: it must hold lines such as 'product_name: ...' and 'prompt: ...'")
    loader = yaml.SafeLoader("")
    try:
        return Brief.model_validate(loader.construct_document(root))
    except yaml.MarkedYAMLError as wrong:
        raise _unreadable(path, wrong) from wrong
    except ValidationError as wrong:
        raise CliError(_sentence(path, root, wrong)) from wrong


def _parse(path: Path) -> yaml.Node | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise CliError(f"{path} is no text file in UTF-8; a brief is a YAML file") from wrong
    except OSError as wrong:
        raise CliError(f"the brief {path} cannot be read: {wrong.strerror}") from wrong
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as wrong:
        raise _unreadable(path, wrong) from wrong
    except yaml.YAMLError as wrong:
        raise CliError(f"{path} is no YAML: {' '.join(str(wrong).split())}") from wrong


def _unreadable(path: Path, wrong: yaml.MarkedYAMLError) -> CliError:
    line = f", line {wrong.problem_mark.line + 1}" if wrong.problem_mark else ""
    return CliError(f"{path}{line} is no YAML: {wrong.problem}")


def _sentence(path: Path, root: yaml.Node, wrong: ValidationError) -> str:
    """The first complaint; the number of others in brackets."""
    complaint = wrong.errors(include_url=False)[0]
    location = complaint["loc"]
    match complaint["type"]:
        case "missing":
            what = f"{_name(location)} is missing"
        case "extra_forbidden":
            what = f"{_name(location)} is no field of a brief{_suggestion(location)}"
        case _:
            message = complaint["msg"].removeprefix("Value error, ")
            what = f"{_name(location)}: {message[0].lower()}{message[1:]}" if location else message
    line = _line(root, location)
    where = f"{path}, line {line}" if line else str(path)
    others = f" ({wrong.error_count() - 1} more)" if wrong.error_count() > 1 else ""
    return f"{where}: {what}{others}"


def _name(location: Location) -> str:
    """``scenes.2.seconds`` as people say it: scene 3, seconds."""
    match location:
        case ("scenes", int(index), *rest):
            return ", ".join([f"scene {index + 1}", *(str(part) for part in rest)])
        case _:
            return ".".join(str(part) for part in location)


def _suggestion(location: Location) -> str:
    parts: dict[int | str, type[BaseModel]] = {"scenes": SceneWish, "models": ModelChoice}
    known = parts.get(location[0], Brief) if len(location) > 1 else Brief
    near = get_close_matches(str(location[-1]), known.model_fields, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _line(root: yaml.Node, location: Sequence[int | str]) -> int | None:
    """The line on which the value stands, or the nearest thing around it that the file has; None for the whole file."""
    node, line = root, None
    for part in location:
        child, begins = _child(node, part)
        if child is None:
            break
        node, line = child, begins
    return line


def _child(node: yaml.Node, part: int | str) -> tuple[yaml.Node | None, int | None]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item, item.start_mark.line + 1
    return None, None
