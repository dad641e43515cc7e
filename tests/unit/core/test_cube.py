from pytest import mark, raises

from ugcgen.domain.cube import LARGEST_FILE, parse_cube
from ugcgen.domain.errors import InvalidInput

CURVE = "LUT_1D_SIZE 3\n0 0 0\n.5 .4 .6\n1 1 1\n"
CORNERS = "\n".join(f"{r} {g} {b}" for b in (0, 1) for g in (0, 1) for r in (0, 1))


def test_a_curve_is_read_as_it_stands() -> None:
    cube = parse_cube(f'# made by hand\nTITLE "a b"\n\n{CURVE}\n# end\n'.encode())
    assert (cube.dimensions, cube.size, cube.low, cube.high) == (1, 3, (0, 0, 0), (1, 1, 1))
    assert cube.entries == ((0, 0, 0), (0.5, 0.4, 0.6), (1, 1, 1))


def test_a_cube_keeps_red_fastest_and_its_range() -> None:
    text = f"LUT_3D_SIZE 2\r\nDOMAIN_MIN -0.5 0 0\r\nDOMAIN_MAX 2 1 1\r\n{CORNERS}\r\n"
    cube = parse_cube(b"\xef\xbb\xbf" + text.encode())
    assert (cube.dimensions, cube.low, cube.high) == (3, (-0.5, 0, 0), (2, 1, 1))
    assert cube.entries[1] == (1, 0, 0)
    assert cube.entries[4] == (0, 0, 1)


def test_the_other_way_to_tell_a_range_is_known() -> None:
    assert parse_cube(f"LUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0.0 2.0\n{CORNERS}".encode()).high == (2, 2, 2)


@mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "names the size"),
        (b"\x89PNG\r\n\x1a\n\xff\x00", "no text"),
        (b"\x00" * 1000, "1000 characters"),
        (b"#" * (LARGEST_FILE + 1), "bytes; at most"),
        (b"LUT_3D_SIZE 4000000000\n", "line 1: a size of '4000000000'; it may be 2 to 65"),
        (b"LUT_3D_SIZE 66\n", "2 to 65"),
        (b"LUT_3D_SIZE -2\n", "2 to 65"),
        (b"LUT_1D_SIZE 1\n0 0 0\n", "2 to 4096"),
        ("LUT_1D_SIZE ٣\n".encode(), "2 to 4096"),
        (b"LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n0 0 0\n1 1 1\n", "one table"),
        (b"0 0 0\n1 1 1\n", "one table"),
        (b"LUT_1D_SIZE 2\n0 0 0\n", "1 entries where its size asks for 2"),
        (b"LUT_1D_SIZE 2\n0 0 0\n1 1 1\n1 1 1\n", "line 4: more than 2"),
        (b"LUT_1D_SIZE 2\n0 0 0\nnan 1 1\n", "line 3: numbers"),
        (b"LUT_1D_SIZE 2\nnan nan nan\n1 1 1\n", "line 2: numbers"),
        (b"LUT_1D_SIZE 2\n0 0 0\n1 inf 1\n", "line 3: numbers"),
        (b"LUT_1D_SIZE 2\n0 0 0\n1 1e30 1\n", "line 3: numbers"),
        (b"LUT_1D_SIZE 2\n0 0\n1 1 1\n", "line 2: three numbers"),
        (b"LUT_1D_SIZE 2\n0 0 0\nLUT_3D_SIZE 2\n", "line 3: three numbers"),
        (b"LUT_1D_SIZE 2\nSOURCE /etc/passwd\n", "line 2: 'SOURCE' is no keyword"),
        (b"LUT_1D_SIZE 2\nDOMAIN_MIN 1 1 1\nDOMAIN_MAX 0 1 1\n0 0 0\n1 1 1\n", "below the highest"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(data: bytes, complaint: str) -> None:
    with raises(InvalidInput, match=complaint) as refused:
        parse_cube(data)
    assert refused.value.field == "lut"
