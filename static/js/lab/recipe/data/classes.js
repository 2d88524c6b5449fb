/** Classes as outputs of a network, and back. Pure. */

/**
 * One output of 0 or 1 for two classes, else one output per class.
 * @param {readonly number[]} labels
 * @param {number} outputs
 */
export const targetsOf = (labels, outputs) =>
  labels.map((label) =>
    outputs === 1 ? [label] : Array.from({ length: outputs }, (_, output) => Number(output === label)),
  );

/** The classes that such outputs stand for. @param {readonly (readonly number[])[]} targets @returns {number[]} */
export const labelsOf = (targets) => targets.map((row) => (row.length === 1 ? Number(row[0]) : row.indexOf(1)));
