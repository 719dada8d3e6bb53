# SPDX-License-Identifier: GPL-3.0-or-later
"""A video seeks: what a browser plays it asks for by range."""

import struct

RATE, SECONDS = 48000, 1200
N_BYTES = RATE * SECONDS * 4


def write_sound(path):
    """Twenty minutes of silence, of which the disk holds only the head."""
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + N_BYTES, b"WAVE", b"fmt ", 16, 1, 2, RATE, RATE * 4, 4, 16,
                       b"data", N_BYTES)
    with open(path, "wb") as file:
        file.write(head)
        file.truncate(len(head) + N_BYTES)


def first_byte(answer):
    headers = {name.lower(): value for name, value in answer["headers"].items()}
    return int(headers["content-range"].removeprefix("bytes ").partition("-")[0])


def test_seeking(tmp_path, serve, page):
    write_sound(tmp_path / "long.wav")
    (tmp_path / "index.html").write_text("<!DOCTYPE html><video preload=metadata src=long.wav></video>")
    server = serve(tmp_path)
    page.go(server.url())
    page.until("document.querySelector('video').readyState >= 1")
    assert page.evaluate("document.querySelector('video').duration") == SECONDS
    page.evaluate("""new Promise((resolve, reject) => {
        const video = document.querySelector('video');
        video.onseeked = resolve;
        video.onerror = reject;
        video.currentTime = 1000;
    })""")
    assert page.evaluate("document.querySelector('video').currentTime") == 1000
    answers = [event["response"] for event in page.happened("Network.responseReceived", type="Media")]
    assert {answer["status"] for answer in answers} == {206}
    assert max(map(first_byte, answers)) > N_BYTES // 2
    page.call("Page.navigate", url="about:blank")  # the browser lets go of what it did not read
    server.wait_for(n=len(answers), event="request", path="/long.wav", status=206)
