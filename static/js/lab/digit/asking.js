/**
 * Asking again and again while something changes quickly: one question at a time, none sooner than the last one allows,
 * and always the newest in the end. An answer to what is no longer wanted at all is not shown.
 *
 * @template W, A
 * @param {object} options
 * @param {(wanted: W) => Promise<A>} options.ask
 * @param {(answer: A, wanted: W) => void} options.show
 * @param {(error: unknown, wanted: W) => void} options.fail
 * @param {number} options.every milliseconds between questions at least
 * @param {() => number} [options.now]
 * @param {(call: () => void, milliseconds: number) => unknown} [options.later]
 */
export function createAsking({
  ask,
  show,
  fail,
  every,
  now = () => performance.now(),
  later = (call, wait) => setTimeout(call, wait),
}) {
  /** @type {{ value: W } | null} */
  let wanted = null;
  /** @type {{ value: W } | null} being asked */
  let asked = null;
  let isBusy = false;
  let last = -Infinity;

  /** @param {{ value: W }} question */
  async function askOne(question) {
    try {
      const answer = await ask(question.value);
      if (asked === question) show(answer, question.value);
    } catch (error) {
      if (asked === question) fail(error, question.value);
    }
  }

  async function run() {
    isBusy = true;
    while (wanted !== null) {
      const wait = last + every - now();
      if (wait > 0) await new Promise((resolve) => later(() => resolve(null), wait));
      // What is wanted may have changed, or gone, during the wait.
      asked = wanted;
      wanted = null;
      if (asked === null) break;
      last = now();
      await askOne(asked);
    }
    isBusy = false;
  }

  return {
    /** @param {W} value */
    want(value) {
      wanted = { value };
      if (!isBusy) run();
    },
    /** Nothing is wanted any more; an answer on its way is not shown. */
    drop() {
      wanted = null;
      asked = null;
    },
  };
}
