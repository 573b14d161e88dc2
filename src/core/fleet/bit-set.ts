/** A set of small whole numbers, one bit each. */
export type BitSet = Uint32Array;

export function makeBitSet(size: number): BitSet {
  return new Uint32Array((size + 31) >>> 5);
}

export function hasBit(bits: BitSet, number: number): boolean {
  return (((bits[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
}

export function addBit(bits: BitSet, number: number): void {
  bits[number >>> 5] = (bits[number >>> 5] ?? 0) | (1 << (number & 31));
}

/** Its numbers, ascending. */
export function numbersOf(bits: BitSet): number[] {
  const numbers: number[] = [];
  for (let word = 0; word < bits.length; word += 1) {
    let rest = bits[word] ?? 0;
    while (rest !== 0) {
      numbers.push(word * 32 + (31 - Math.clz32(rest & -rest)));
      rest &= rest - 1;
    }
  }
  return numbers;
}
