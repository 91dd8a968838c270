"""The faces of the paper: what fontconfig may see, and which face draws a variation sequence."""

from __future__ import annotations

import os
import subprocess

import pytest

from portal.kit.pdf import fonts


def test_every_required_face_is_installed() -> None:
    assert fonts.missing_files() == ()
    assert fonts.missing_files(["NoSuchFont-Regular.ttf"]) == ("NoSuchFont-Regular.ttf",)


def test_private_configuration_shows_only_our_faces() -> None:
    environment = os.environ | {"FONTCONFIG_FILE": str(fonts.CONFIG)}
    listed = subprocess.run(["fc-list", ":", "family"], env=environment, capture_output=True, text=True, check=True)
    families = {name for line in listed.stdout.splitlines() for name in line.split(",")}
    assert {"BIZ UDGothic", "Noto Sans CJK JP", "Noto Sans", "IPAmjMincho"} <= families
    assert not {name for name in families if name.startswith(("DejaVu", "Nimbus", "Noto Serif", "BIZ UDPGothic"))}


@pytest.mark.parametrize(
    ("sequence", "cls"),
    [
        ("葛\U000e0100", "vs-biz"),
        ("葛\U000e0101", "vs-biz"),
        ("邉\U000e0101", "vs-noto"),
        ("邉\U000e0111", "vs-mj"),
        ("山\U000e01ef", None),
    ],
)
def test_sequence_goes_to_the_first_face_that_has_it(sequence: str, cls: str | None) -> None:
    assert fonts.face_of_sequence(*sequence) == cls


def test_only_sequences_are_wrapped() -> None:
    markup = "<td>渡邉\U000e0101 髙橋</td><td>山\U000e01ef</td>"
    assert fonts.wrap_sequences(markup) == (
        '<td>渡<span class="vs-noto">邉\U000e0101</span> 髙橋</td><td>山\U000e01ef</td>'
    )


def test_mend_names_every_package_once() -> None:
    assert fonts.mend().split()[-len(fonts.DEBIAN_PACKAGES) :] == list(fonts.DEBIAN_PACKAGES)
