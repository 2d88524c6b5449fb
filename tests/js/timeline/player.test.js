import assert from "node:assert/strict";
import { test } from "node:test";

import { createPlayer } from "../../../static/js/timeline/player.js";

/** A player on a clock that the test turns. */
function onClock({ time = 0, duration = 10, speed = 1 } = {}) {
  /** @type {((now: number) => void) | null} */
  let waiting = null;
  const state = { time, duration, speed, playing: false };
  const player = createPlayer({
    read: () => state,
    write: (next) => void (state.time = next),
    onPlaying: (playing) => void (state.playing = playing),
    ticker: { request: (callback) => ((waiting = callback), 1), cancel: () => void (waiting = null) },
  });
  /** @param {number} milliseconds */
  const tick = (milliseconds) => {
    const callback = waiting;
    waiting = null;
    callback?.(milliseconds);
  };
  return { state, player, tick, isWaiting: () => waiting !== null };
}

test("time runs with the clock, times the speed", () => {
  const { state, player, tick } = onClock({ speed: 2 });
  player.play();
  tick(1000);
  tick(1050);
  assert.ok(Math.abs(state.time - 0.1) < 1e-9);
  assert.ok(state.playing);
});

test("it stops at the end, and starts from the beginning when played again", () => {
  const { state, player, tick, isWaiting } = onClock({ time: 9.99 });
  player.play();
  tick(0);
  tick(90);
  assert.equal(state.time, 10);
  assert.ok(!state.playing && !isWaiting());
  player.play();
  assert.equal(state.time, 0);
});

test("a hidden tab does not make it leap", () => {
  const { state, player, tick } = onClock();
  player.play();
  tick(0);
  tick(60_000);
  assert.ok(state.time <= 0.1 + 1e-9);
});

test("pause holds the moment; playing twice is playing once", () => {
  const { state, player, tick, isWaiting } = onClock();
  player.play();
  player.play();
  tick(0);
  tick(50);
  player.pause();
  assert.ok(!isWaiting());
  tick(100);
  assert.ok(Math.abs(state.time - 0.05) < 1e-9);
  player.toggle();
  assert.ok(state.playing);
});
