"""Packed files: taken apart within bounds, and refused in words when they are traps."""

import gzip
import os
import struct
import zipfile
from pathlib import Path

import pytest

from pipelines.problems import Code, Refused
from pipelines.read import packs
from pipelines.read.packs import is_pack, unpack


def packed(file: Path, members: dict[str, bytes]) -> Path:
    """A ZIP archive with these members."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def test_the_files_of_a_zip_are_laid_out_under_names_of_ours(tmp_path: Path) -> None:
    """In the pack's order and with its time of change; folders and what programs add are left out."""
    file = packed(
        tmp_path / "r.zip",
        {"oct.csv": b"a", "sub/": b"", "sub/Nov [1]*.CSV": b"b", "__MACOSX/._oct.csv": b"x", "sub/.DS_Store": b"x"},
    )
    os.utime(file, (1_700_000_000, 1_700_000_000))
    found = unpack(file, "Place/r.zip", tmp_path / "out")
    assert [(name, place.name, place.read_bytes()) for name, place in found] == [
        ("Place/r.zip/oct.csv", "0001.csv", b"a"), ("Place/r.zip/sub/Nov [1]*.CSV", "0002.csv", b"b"),
    ]  # fmt: skip
    assert {place.stat().st_mtime for _, place in found} == {1_700_000_000}


def test_a_gzip_is_the_one_file_in_it(tmp_path: Path) -> None:
    """Under its own name without the ending."""
    (tmp_path / "oct.csv.gz").write_bytes(gzip.compress(b"a,b\n"))
    ((name, place),) = unpack(tmp_path / "oct.csv.gz", "oct.csv.gz", tmp_path / "out")
    assert (name, place.suffix, place.read_bytes()) == ("oct.csv.gz/oct.csv", ".csv", b"a,b\n")


def test_what_is_a_pack_is_told_by_its_name(tmp_path: Path) -> None:
    """A workbook is one inside, and yet none."""
    assert is_pack("a.ZIP")
    assert is_pack("a.csv.gz")
    assert not is_pack("a.xlsx")
    with pytest.raises(Refused, match=r"\.zip and \.gz are"):
        unpack(tmp_path / "a.7z", "a.7z", tmp_path / "out")


TRAPS = {
    "a way out": {"../oct.csv": b"a"},
    "a way to the root": {"/etc/oct.csv": b"a"},
    "a way out in the middle": {"a/../../oct.csv": b"a"},
    "a drive": {"C:/oct.csv": b"a"},
    "a backslash": {"..\\oct.csv": b"a"},
    "a line break": {"oct\n.csv": b"a"},
    "a pack in a pack": {"oct.zip": b"a"},
    "nothing": {},
    "one name twice": {"Oct.csv": b"a", "oct.csv": b"b"},
}


@pytest.mark.parametrize("members", TRAPS.values(), ids=TRAPS)
def test_traps_are_refused_whole(tmp_path: Path, members: dict[str, bytes]) -> None:
    """Not one file of such a pack is laid out, the good ones neither."""
    file = packed(tmp_path / "r.zip", {"good.csv": b"a", **members} if members else {})
    with pytest.raises(Refused) as caught:
        unpack(file, "r.zip", tmp_path / "out")
    assert caught.value.problem.code is Code.pack_refused
    assert list((tmp_path / "out").iterdir()) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out", "r.zip"]


def test_links_and_locks_are_refused(tmp_path: Path) -> None:
    """A link would lead to a file of this machine; a locked member has a password we do not have."""
    link = zipfile.ZipInfo("link.csv")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Refused, match="is a link"):
        unpack(tmp_path / "a.zip", "a.zip", tmp_path / "out")
    content = bytearray(packed(tmp_path / "b.zip", {"oct.csv": b"a"}).read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(Refused, match="locked with a password"):
        unpack(tmp_path / "b.zip", "b.zip", tmp_path / "out")


def test_a_pack_may_not_unpack_to_more_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what it claims, and by what comes when it lies; so too a gzip, which claims nothing."""
    monkeypatch.setattr(packs, "MOST_UNPACKED", 5_000_000)
    big = packed(tmp_path / "a.zip", {"oct.csv": b"a" * 6_000_000})
    with pytest.raises(Refused, match="says that it unpacks to 6,000,000 bytes"):
        unpack(big, "a.zip", tmp_path / "out")
    lying = big.read_bytes().replace(struct.pack("<I", 6_000_000), struct.pack("<I", 10))
    (tmp_path / "b.zip").write_bytes(lying)
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(b"a" * 6_000_000))
    for name in ("b.zip", "c.csv.gz"):
        with pytest.raises(Refused) as caught:
            unpack(tmp_path / name, name, tmp_path / "out")
        assert caught.value.problem.code is Code.pack_refused
        assert sum(each.stat().st_size for each in (tmp_path / "out").iterdir()) == 0


def test_too_many_members(tmp_path: Path) -> None:
    """A thousand files are a month of anything."""
    file = packed(tmp_path / "a.zip", {f"{at}.csv": b"a" for at in range(1_001)})
    with pytest.raises(Refused, match="1,001 files"):
        unpack(file, "a.zip", tmp_path / "out")


def test_damaged_packs_and_other_files(tmp_path: Path) -> None:
    """Cut off, altered inside, or no pack at all: nothing is laid out."""
    whole = packed(tmp_path / "a.zip", {"oct.csv": os.urandom(5_000)}).read_bytes()
    packed_gzip = gzip.compress(os.urandom(5_000))
    altered = bytearray(whole)
    altered[2_000] ^= 0xFF
    for name, content, code in (
        ("a.zip", whole[:3_000], Code.pack_refused), ("a.zip", bytes(altered), Code.pack_refused),
        ("a.csv.gz", packed_gzip[:3_000], Code.pack_refused), ("a.csv.gz", packed_gzip[:-2], Code.pack_refused),
        ("a.csv.gz", b"a,b\n", Code.format_mismatch), ("a.zip", b"a,b\n", Code.format_mismatch),
        ("a.zip", b"", Code.empty_file),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Refused) as caught:
            unpack(tmp_path / name, name, tmp_path / "out")
        assert caught.value.problem.code is code
        assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []
