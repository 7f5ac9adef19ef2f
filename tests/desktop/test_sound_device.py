import subprocess
import sys

SPARED = """if True:
    import sys
    from relief_app.desktop.sound_device import library
    miniaudio = library()
    print(miniaudio.numpy, [name for name in ("numpy", "urllib.request", "ssl") if name in sys.modules])
    import numpy, urllib.request
    print(numpy.zeros(1).tolist(), callable(urllib.request.urlopen), library() is miniaudio)
"""


def test_the_library_comes_without_numpy_and_network_and_both_can_be_had_later() -> None:
    done = subprocess.run([sys.executable, "-c", SPARED], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["None []", "[0.0] True True"]
