# SPDX-License-Identifier: GPL-3.0-or-later
"""WebAssembly with threads: two workers add to one memory, where the page may have one."""

import pytest

# (module (import "m" "m" (memory 1 1 shared))
#   (func (export "add") (param i32)  ;; adds 1 to the first word, so many times
#     (loop (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
#       (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
MODULE = bytes.fromhex(
    "0061736d01000000 01050160017f00 020901016d016d02030101 03020100 0707010361646400 00"
    "0a19011700 0340 41004101fe1e02001a 200041016b2200 0d00 0b0b")
N = 200000
WORKER = f"""onmessage = async ({{data: memory}}) => {{
  const {{instance}} = await WebAssembly.instantiateStreaming(fetch('add.wasm'), {{m: {{m: memory}}}});
  instance.exports.add({N});
  postMessage('done');
}};"""
COUNT = """(async () => {
  const memory = new WebAssembly.Memory({initial: 1, maximum: 1, shared: true});
  const workers = [new Worker('worker.js'), new Worker('worker.js')];
  await Promise.all(workers.map(worker => new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = reject;
    worker.postMessage(memory);
  })));
  return new Int32Array(memory.buffer)[0];
})()"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index.html").write_text("<!DOCTYPE html><title>threads</title>")
    (tmp_path / "worker.js").write_text(WORKER)
    (tmp_path / "add.wasm").write_bytes(MODULE)
    return tmp_path


def test_threads(folder, serve, page):
    page.go(serve(folder, "--isolate").url())
    assert page.evaluate("[crossOriginIsolated, typeof SharedArrayBuffer]") == [True, "function"]
    assert page.evaluate(COUNT) == 2 * N
    assert page.complaints() == []


def test_without_the_switch(folder, serve, page):
    page.go(serve(folder).url())
    assert page.evaluate("[crossOriginIsolated, typeof SharedArrayBuffer]") == [False, "undefined"]
