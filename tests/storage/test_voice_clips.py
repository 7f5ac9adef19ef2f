import json
from pathlib import Path

import pytest

from relief_app.ports import Clip
from relief_app.storage.assets import AssetMissing
from relief_app.storage.voice_clips import clip_path, read_clips

GOOD = {"id": "rest", "texts": ["rest", "Rest"], "seconds": 0.7}


def clips(tmp_path: Path, content: object) -> dict[str, Clip]:
    file = tmp_path / "index.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return dict(read_clips(find_asset=lambda *parts: tmp_path / parts[-1]))


def test_every_delivered_sentence_has_its_file() -> None:
    found = read_clips()
    assert len(found) > 100
    assert found["Rest"] == found["rest"]
    assert all(clip_path(clip.name).stat().st_size > 1_000 for clip in found.values())
    assert all(300 < clip.length_ms < 10_000 for clip in found.values())


def test_texts_that_are_read_alike_share_a_clip(tmp_path: Path) -> None:
    clip = Clip("rest", 700)
    assert clips(tmp_path, {"format": 1, "clips": [GOOD]}) == {"rest": clip, "Rest": clip}


@pytest.mark.parametrize(
    "content",
    [
        "no json",
        "[" * 50_000,
        [],
        {"format": 2, "clips": [GOOD]},
        {"format": 1},
        {"format": 1, "clips": [7]},
        {"format": 1, "clips": [GOOD | {"id": "../alarm"}]},
        {"format": 1, "clips": [GOOD | {"seconds": "long"}]},
        {"format": 1, "clips": [GOOD | {"seconds": 1e9}]},
    ],
)
def test_a_damaged_list_is_no_list(tmp_path: Path, content: object) -> None:
    assert clips(tmp_path, content) == {}


def test_a_missing_list_is_no_list() -> None:
    def missing(*parts: str) -> Path:
        raise AssetMissing("/".join(parts))

    assert read_clips(find_asset=missing) == {}
    with pytest.raises(AssetMissing):
        clip_path("no-such-clip")
