/** What is kept beside objects, for as long as they live: no key of theirs, and seen by nobody who holds them. */
export type Beside<T> = {
  /** Once an object, and before it is frozen. */
  readonly keep: (object: object, value: T) => void;
  /** undefined for whatever nothing was kept beside. */
  readonly of: (object: unknown) => T | undefined;
};

/**
 * A place beside objects that this library makes one of at every event. It is a private field, put onto the object by
 * a class whose parent constructs the very object that it is given. A `WeakMap` says the same, and costs more than all
 * the rest of an event: each entry is hashed, and looked at again by every collection of garbage.
 */
export function beside<T>(): Beside<T> {
  class Kept extends Given {
    readonly #value: T;

    constructor(object: object, value: T) {
      super(object);
      this.#value = value;
    }

    static of(object: object): T | undefined {
      return #value in object ? object.#value : undefined;
    }
  }
  return {
    keep: (object, value) => {
      new Kept(object, value);
    },
    of: (object) => (typeof object === "object" && object !== null ? Kept.of(object) : undefined),
  };
}

function given(object: object): object {
  return object;
}

/** The compiler knows constructors by their classes only. */
const Given = given as unknown as new (object: object) => object;
