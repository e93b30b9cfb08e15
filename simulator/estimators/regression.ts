/** So little weight that it only keeps features that say the same from blowing up. */
const RIDGE = 1e-6;

/** Least squares by the normal equations and Cholesky. @returns the weight of each feature */
export function fit(rows: readonly (readonly number[])[], values: readonly number[]): number[] {
  const size = rows[0]?.length ?? 0;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  rows.forEach((row, place) => {
    for (let i = 0; i < size; i += 1) {
      right[i] = (right[i] ?? 0) + (row[i] ?? 0) * (values[place] ?? 0);
      for (let j = 0; j <= i; j += 1) add(matrix, i, j, (row[i] ?? 0) * (row[j] ?? 0));
    }
  });
  for (let i = 0; i < size; i += 1) add(matrix, i, i, RIDGE * rows.length);
  // In place: the lower triangle becomes L of L L'.
  for (let j = 0; j < size; j += 1)
    for (let i = j; i < size; i += 1) {
      let sum = at(matrix, i, j);
      for (let k = 0; k < j; k += 1) sum -= at(matrix, i, k) * at(matrix, j, k);
      put(matrix, i, j, i === j ? Math.sqrt(sum) : sum / at(matrix, j, j));
    }
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) right[i] = (right[i] ?? 0) - at(matrix, i, k) * (right[k] ?? 0);
    right[i] = (right[i] ?? 0) / at(matrix, i, i);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1) right[i] = (right[i] ?? 0) - at(matrix, k, i) * (right[k] ?? 0);
    right[i] = (right[i] ?? 0) / at(matrix, i, i);
  }
  return [...right];
}

export function predict(weights: readonly number[], row: readonly number[]): number {
  return Math.max(
    0,
    weights.reduce((sum, weight, place) => sum + weight * (row[place] ?? 0), 0),
  );
}

function at(matrix: readonly Float64Array[], i: number, j: number): number {
  return matrix[i]?.[j] ?? 0;
}

function put(matrix: readonly Float64Array[], i: number, j: number, value: number): void {
  const row = matrix[i];
  if (row !== undefined) row[j] = value;
}

function add(matrix: readonly Float64Array[], i: number, j: number, value: number): void {
  put(matrix, i, j, at(matrix, i, j) + value);
}
