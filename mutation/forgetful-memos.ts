/*
 * What stands in for the `WeakMap` and `WeakSet` of the library while it is changed: memos and marks that forget whatever they
 * hold when another change is tried, so that no change leaves something behind. `bundle.mjs` puts them there.
 */
let trial = 0;

/** From now on no memo holds anything. */
export function forgetEverything(): void {
  trial += 1;
}

export class ForgetfulMap<Key extends object, Value> {
  #held = new WeakMap<Key, Value>();
  #trial = trial;

  get(key: Key): Value | undefined {
    return this.#now().get(key);
  }

  has(key: Key): boolean {
    return this.#now().has(key);
  }

  set(key: Key, value: Value): this {
    this.#now().set(key, value);
    return this;
  }

  delete(key: Key): boolean {
    return this.#now().delete(key);
  }

  #now(): WeakMap<Key, Value> {
    if (this.#trial !== trial) {
      this.#held = new WeakMap();
      this.#trial = trial;
    }
    return this.#held;
  }
}

export class ForgetfulSet<Member extends object> {
  readonly #members = new ForgetfulMap<Member, true>();

  has(member: Member): boolean {
    return this.#members.has(member);
  }

  add(member: Member): this {
    this.#members.set(member, true);
    return this;
  }
}
